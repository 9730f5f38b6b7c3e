import {MAX_MODELS} from '../network/answer-limits.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'

const LONGEST_ID = 120

/**
 * Reads a provider's list of models: `{"data": [{"id": …}]}`, or the bare list. An id that could not
 * be sent back as it is, is left out.
 *
 * @returns `undefined` where it is neither
 */
export function parseModelIds(json: string): string[] | undefined {
  const parsed = parseJson(json)
  const values = Array.isArray(parsed) ? parsed : asRecord(parsed)?.data
  if (!Array.isArray(values)) return undefined
  const ids = values.slice(0, MAX_MODELS).flatMap((value: unknown) => {
    const id = asText(asRecord(value)?.id)
    return id === undefined || !isModelId(id) ? [] : [id]
  })
  return [...new Set(ids)]
}

/** Whether a text can be shown, typed, and sent as the id of a model. */
export function isModelId(id: string): boolean {
  return id !== '' && !/\s/.test(id) && printable(id, LONGEST_ID) === id
}
