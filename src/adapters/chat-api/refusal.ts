import {type ChatAsked, type ChatRefusal, readRefusal} from '../../domain/chat-refusal.js'
import {bearerOf, type Credential} from '../../domain/credential.js'
import {RemoteError} from '../../domain/errors/remote.js'
import type {HttpAnswer, HttpStreamAnswer} from '../../domain/http.js'

/** What says why is short; of a page nobody wants to see more. */
const MOST_BYTES = 64 * 1024

/** Reads a refusal that is there. */
export function refusalOf(answer: HttpAnswer, {credential}: ChatAsked): ChatRefusal {
  return readRefusal(answer, hideCredential(answer.body, credential))
}

/** Reads a refusal that is still to come, as far as it comes. */
export async function refusalOfStream(
  answer: HttpStreamAnswer,
  {credential}: ChatAsked,
): Promise<ChatRefusal> {
  return readRefusal(answer, hideCredential(await beginningOf(answer), credential))
}

/** Some servers quote the key that they reject. */
export function hideCredential(text: string, credential: Credential): string {
  return text.replaceAll(bearerOf(credential).reveal(), '[redacted]')
}

async function beginningOf(answer: HttpStreamAnswer): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk, {stream: true})
      bytes += chunk.byteLength
      if (bytes > MOST_BYTES) break
    }
  } catch (error) {
    // The status says enough.
    if (!(error instanceof RemoteError)) throw error
  }
  return text
}
