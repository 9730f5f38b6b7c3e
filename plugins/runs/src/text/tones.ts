import type {Tone} from '@mogplex/plugin-kit'

const STATUSES = new Map<string, Tone>([
  ['success', 'good'],
  ['failed', 'bad'],
  ['cancelled', 'bad'],
  ['pending', 'active'],
  ['streaming', 'active'],
  ['running', 'active'],
  ['stopped', 'faint'],
])
const EVENTS = new Map<string, Tone>([
  ['finished', 'good'],
  ['failed', 'bad'],
  ['cancelled', 'bad'],
  ['cancel_requested', 'bad'],
])

/** Of a run or a sandbox; unknown statuses have none. */
export function statusTone(status: string): Tone | undefined {
  return STATUSES.get(status)
}

export function eventTone(type: string): Tone {
  return EVENTS.get(type) ?? 'active'
}
