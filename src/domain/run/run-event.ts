import {asRecord, asText} from '../text/json.js'

const LONGEST_ID = 200

/** One event of a run, as it came: its texts are not yet fit for a screen. */
export interface RunEvent {
  readonly id: string
  readonly type: string
  readonly toolName: string | null
  readonly message: string | null
  /** An object, by the contract. */
  readonly payload: unknown
  /** ISO 8601, by the contract. */
  readonly createdAt: string | null
}

/** Reads events. One without an id is known by its place: the service gives the oldest first. */
export function parseEvents(values: readonly unknown[]): RunEvent[] {
  return values.flatMap((value, index) => {
    const fields = asRecord(value)
    if (fields === undefined) return []
    const {id, payload = {}} = fields
    return [
      {
        id: idOf(id) ?? `#${index}`,
        type: asText(fields.type) ?? 'event',
        toolName: asText(fields.toolName) ?? null,
        message: asText(fields.message) ?? null,
        payload,
        createdAt: asText(fields.createdAt) ?? null,
      },
    ]
  })
}

/** Each is kept for as long as the run is followed: what is longer is none. */
function idOf(id: unknown): string | undefined {
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' && id.length <= LONGEST_ID ? asText(id) : undefined
}
