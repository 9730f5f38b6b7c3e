import {REFUSAL_LIMITS} from '../../domain/network/answer-limits.js'
import {type ChatAsked, type ChatRefusal, readRefusal} from '../../domain/chat/chat-refusal.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpStreamAnswer} from '../../domain/network/http.js'
import {LimitedBody, type Stopwatch} from './limited-body.js'

/** Reads the body of a refusal, as far as it arrives. */
export async function refusalOfStream(
  answer: HttpStreamAnswer,
  asked: ChatAsked,
  now: Stopwatch,
): Promise<ChatRefusal> {
  const limited = new LimitedBody(asked, REFUSAL_LIMITS, now)
  const beginning = await beginningOf(limited.chunks(answer))
  return readRefusal(answer, beginning)
}

async function beginningOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of chunks) text += decoder.decode(chunk, {stream: true})
  } catch (error) {
    // The status is enough.
    if (!(error instanceof RemoteError)) throw error
  }
  return text
}
