import {
  CHAT_LIMITS,
  LONGEST_FRAME,
  LONGEST_WHOLE,
  sizeText,
} from '../../domain/network/answer-limits.js'
import {parseChatChunk} from '../../domain/chat/chat-chunk.js'
import {type ChatAsked, sentence} from '../../domain/chat/chat-refusal.js'
import {
  brokenOff,
  chatTrouble,
  cutOff,
  notUnderstood,
  tooMuch,
} from '../../domain/chat/chat-trouble.js'
import type {ChatEvent} from '../../domain/chat/chat.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpStreamAnswer} from '../../domain/network/http.js'
import {FrameReader} from './frames.js'
import {LimitedBody, type Stopwatch} from './limited-body.js'

/**
 * Reads an answer while it arrives: server-sent events, whatever the content type, or one JSON
 * object from servers that do not stream. The last event is `end`.
 *
 * @throws {MogplexError} as the adapter says, after the events that came before
 */
export async function* readAnswer(
  answer: HttpStreamAnswer,
  asked: ChatAsked,
  now: Stopwatch,
): AsyncGenerator<ChatEvent, void> {
  const limited = new LimitedBody(asked, CHAT_LIMITS, now)
  const texts = decoded(limited.chunks(answer))
  try {
    const beginning = await beginningOf(texts, asked)
    switch (beginning.trimStart().charAt(0)) {
      case '{':
      case '[':
        yield* readWhole(beginning, texts, asked)
        return
      case '<':
        throw chatTrouble({status: 200, headers: answer.headers, isPage: true}, asked)
      default:
        for await (const event of readFrames(beginning, texts, {asked, limited})) {
          if (event.type === 'text' && event.text.trim() !== '') limited.sawText()
          yield event
        }
    }
  } finally {
    answer.close()
  }
}

/** The first text that is not blank. */
async function beginningOf(texts: AsyncGenerator<string, void>, asked: ChatAsked): Promise<string> {
  for (let blanks = 0; blanks <= LONGEST_FRAME;) {
    const next = await texts.next()
    if (next.done === true) throw cutOff(asked)
    if (next.value.trim() !== '') return next.value
    blanks += next.value.length
  }
  throw tooMuch(asked, `${sizeText(LONGEST_FRAME)} of nothing`)
}

/**
 * Reads an answer that came as one JSON object: some servers do not stream.
 *
 * @throws {RemoteError} exit 69, when it is a failure, or not understood
 */
async function* readWhole(
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

async function* readFrames(
  beginning: string,
  texts: AsyncGenerator<string, void>,
  {asked, limited}: {readonly asked: ChatAsked; readonly limited: LimitedBody},
): AsyncGenerator<ChatEvent, void> {
  const reader = new FrameReader(asked)
  try {
    yield* reader.read(beginning)
    while (!reader.isDone) {
      if (reader.isWhole) limited.expectEnd()
      const next = await texts.next()
      if (next.done === true) break
      yield* reader.read(next.value)
    }
    yield* reader.finish()
  } catch (error) {
    // Where the model reported its end, only the server's end marker is missing.
    if (!(error instanceof RemoteError) || !reader.isWhole) throw error
  }
  yield {type: 'end', ...reader.end}
}

/** The text of the body, decoded across chunk boundaries. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder()
  for await (const chunk of chunks) {
    yield decoder.decode(chunk, {stream: true})
  }
}
