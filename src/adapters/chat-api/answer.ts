import type {ChatAsked} from '../../domain/chat-refusal.js'
import {chatTrouble, cutOff, tooMuch} from '../../domain/chat-trouble.js'
import type {ChatEvent} from '../../domain/chat.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpStreamAnswer} from '../../domain/http.js'
import {FrameReader} from './frames.js'
import {readWhole} from './whole.js'

/** Longer than any answer that is meant. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Reads an answer while it comes: server-sent events, whatever the server calls them, or one JSON
 * object from those that do not stream. The last event is `end`.
 *
 * @throws {MogplexError} as the adapter says, after the events that came before
 */
export async function* readAnswer(
  answer: HttpStreamAnswer,
  asked: ChatAsked,
): AsyncGenerator<ChatEvent, void> {
  const texts = decoded(answer, asked)
  let beginning = ''
  try {
    while (beginning.trimStart() === '') {
      const next = await texts.next()
      if (next.done === true) throw cutOff(asked)
      beginning += next.value
    }
    switch (beginning.trimStart().charAt(0)) {
      case '{':
      case '[':
        yield* readWhole(beginning, texts, asked)
        return
      case '<':
        throw chatTrouble({status: 200, headers: answer.headers, isPage: true}, asked)
      default:
        yield* readFrames(beginning, texts, asked)
    }
  } finally {
    answer.close()
  }
}

async function* readFrames(
  beginning: string,
  texts: AsyncGenerator<string, void>,
  asked: ChatAsked,
): AsyncGenerator<ChatEvent, void> {
  const reader = new FrameReader(asked)
  try {
    yield* reader.read(beginning)
    while (!reader.isDone) {
      const next = await texts.next()
      if (next.done === true) break
      yield* reader.read(next.value)
    }
    yield* reader.finish()
  } catch (error) {
    // Where the model has said that this was all, nothing is missing but the word for it.
    if (!(error instanceof RemoteError) || !reader.isWhole) throw error
  }
  yield {type: 'end', ...reader.end}
}

/** The text of the body, decoded across the borders of what comes at once. */
async function* decoded({body}: HttpStreamAnswer, asked: ChatAsked): AsyncGenerator<string, void> {
  const decoder = new TextDecoder()
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw tooMuch(asked)
    yield decoder.decode(chunk, {stream: true})
  }
}
