import {LONGEST_WHOLE, sizeText} from '../../domain/network/answer-limits.js'
import {type ChatAsked, sentence} from '../../domain/chat/chat-refusal.js'
import {parseChatChunk} from '../../domain/chat/chat-chunk.js'
import {brokenOff, notUnderstood, tooMuch} from '../../domain/chat/chat-trouble.js'
import type {ChatEvent} from '../../domain/chat/chat.js'

/**
 * Reads an answer that came as one JSON object: some servers do not stream.
 *
 * @throws {RemoteError} exit 69, when it is a failure, or not understood
 */
export async function* readWhole(
  beginning: string,
  texts: AsyncIterable<string>,
  asked: ChatAsked,
): AsyncGenerator<ChatEvent, void> {
  let json = beginning
  for await (const text of texts) {
    json += text
    if (json.length > LONGEST_WHOLE) throw tooMuch(asked, sizeText(LONGEST_WHOLE))
  }
  const said = parseChatChunk(json)
  if (said?.error !== undefined) throw brokenOff(sentence(said.error), asked)
  if (said?.text === undefined && said?.finish === undefined) throw notUnderstood(asked, 200)
  const {text, model, finish, usage} = said
  if (text !== undefined) yield {type: 'text', text}
  yield {type: 'end', model, finish, usage}
}
