import {asRecord, asText} from '../text/json.js'

const LONGEST_ID = 200

/** One event of a run, as received: its texts are not safe to print yet. */
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

/**
 * Reads events. One without an id is identified by its position: the service sends the oldest
 * first.
 */
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

/** Each id is kept as long as the run is followed, so an overlong id is ignored. */
function idOf(id: unknown): string | undefined {
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' && id.length <= LONGEST_ID ? asText(id) : undefined
}
