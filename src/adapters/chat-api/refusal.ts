import {REFUSAL_LIMITS} from '../../domain/network/answer-limits.js'
import {type ChatAsked, type ChatRefusal, readRefusal} from '../../domain/chat/chat-refusal.js'
import {bearerOf, type Credential} from '../../domain/credential/credential.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpAnswer, HttpStreamAnswer} from '../../domain/network/http.js'
import {LimitedBody, type Stopwatch} from './limited-body.js'

/** Reads a refusal that is there. */
export function refusalOf(answer: HttpAnswer, {credential}: ChatAsked): ChatRefusal {
  return readRefusal(answer, hideCredential(answer.body, credential))
}

/** Reads a refusal that is still to come, as far as it comes. */
export async function refusalOfStream(
  answer: HttpStreamAnswer,
  asked: ChatAsked,
  now: Stopwatch,
): Promise<ChatRefusal> {
  const limited = new LimitedBody(asked, REFUSAL_LIMITS, now)
  const beginning = await beginningOf(limited.chunks(answer))
  return readRefusal(answer, hideCredential(beginning, asked.credential))
}

/** Some servers quote the key that they reject. */
export function hideCredential(text: string, credential: Credential): string {
  return text.replaceAll(bearerOf(credential).reveal(), '[redacted]')
}

async function beginningOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of chunks) text += decoder.decode(chunk, {stream: true})
  } catch (error) {
    // The status says enough.
    if (!(error instanceof RemoteError)) throw error
  }
  return text
}
