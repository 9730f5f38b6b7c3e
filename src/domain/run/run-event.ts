import {asRecord, asText} from '../json.js'

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
        id: typeof id === 'number' ? String(id) : (asText(id) ?? `#${index}`),
        type: asText(fields.type) ?? 'event',
        toolName: asText(fields.toolName) ?? null,
        message: asText(fields.message) ?? null,
        payload,
        createdAt: asText(fields.createdAt) ?? null,
      },
    ]
  })
}
