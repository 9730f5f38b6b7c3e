import {MAX_MODELS} from '../network/answer-limits.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'

const LONGEST_ID = 120
const NOT_FOR_CHAT =
  /audio|babbage|dall-e|davinci|embed|guard|image|imagen|moderation|ocr|realtime|rerank|sora|speech|transcribe|tts|veo|whisper/i

/**
 * Reads a provider's list of models: `{"data": [{"id": …}]}`, or the bare list. Ids that could not
 * be sent back unchanged are left out.
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

/**
 * The model for prompts when none was chosen. Model names come and go, so our default is used only
 * while the provider lists it, or a dated version of it; otherwise the first one whose name looks
 * like a chat model.
 *
 * @param listed - by the provider, in its order
 */
export function pickModel(wanted: string, listed: readonly string[]): string {
  return (
    listed.find((id) => id === wanted || id === `models/${wanted}`) ??
    listed.find((id) => id.startsWith(`${wanted}-`)) ??
    listed.find((id) => !NOT_FOR_CHAT.test(id)) ??
    wanted
  )
}
