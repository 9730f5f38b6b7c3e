import {printable} from '@mogplex/plugin-kit'
import {asFields, asList, type Fields, instantOf, textOf} from './json.js'

/** An event of a run. Texts are printable. */
export interface RunEvent {
  readonly type: string
  readonly tool: string
  /** Its text; for an event without a message, its payload. */
  readonly message: string
  readonly at: Date | undefined
  /** As the service sent it. */
  readonly given: Fields
}

export function parseEvents(value: unknown): RunEvent[] {
  return asList(value).map((given) => ({
    type: textOf(given.type, 60),
    tool: textOf(given.toolName, 60),
    message: textOf(given.message, 2000) || payloadText(given.payload),
    at: instantOf(given.createdAt),
    given,
  }))
}

function payloadText(payload: unknown): string {
  const fields = asFields(payload) ?? {}
  const {from, to} = fields
  if (typeof from === 'string' && typeof to === 'string') return printable(`${from} → ${to}`)
  return Object.keys(fields).length === 0 ? '' : printable(JSON.stringify(fields), 200)
}
