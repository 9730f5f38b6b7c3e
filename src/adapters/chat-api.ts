import type {ChatEvent, ChatRequest} from '../domain/chat/chat.js'
import {readRefusal} from '../domain/chat/chat-refusal.js'
import {chatTrouble, notUnderstood} from '../domain/chat/chat-trouble.js'
import {bearerOf, type Credential} from '../domain/credential/credential.js'
import type {StreamingHttp} from '../domain/network/http.js'
import {parseModelIds} from '../domain/chat/model-ids.js'
import {providerOf} from '../domain/credential/provider-table.js'
import {readAnswer} from './chat-api/answer.js'
import type {Stopwatch} from './chat-api/limited-body.js'
import {refusalOfStream} from './chat-api/refusal.js'

const LIST_MS = 15_000

/** A chat-completions API: Mogplex's (contract 10), or a provider's (design 2). */
export interface ChatApi {
  /** Sends a prompt. Resolves when the server has accepted it; the answer is still to come. */
  ask(
    request: ChatRequest,
    credential: Credential,
    signal?: AbortSignal,
  ): Promise<AsyncGenerator<ChatEvent, void>>
  /** The ids of the models that the server lists, in its order. */
  models(credential: Credential, signal?: AbortSignal): Promise<string[]>
}

/**
 * One implementation for all providers. Both methods, and reading an answer, throw:
 *
 * - {CredentialRejectedError} exit 64: the key, or the access token, is not accepted
 * - {CredentialNotAcceptedError} exit 64: this kind of credential is not accepted
 * - {NoModelAccessError} exit 65: the account has no access
 * - {PromptRefusedError} exit 1: another 4xx, with the server's sentence
 * - {RemoteError} exit 69: unreachable, 5xx, not understood, cut off
 * - {RateLimitedError} exit 75: 429
 * - {CancelledError} exit 130, or the signal's reason
 *
 * @param baseUrl - without a trailing slash. The credential is sent only there: it must be the
 *   address of the credential's own provider
 * @param now - measures how long a server keeps us waiting
 */
export function createChatApi(
  http: StreamingHttp,
  baseUrl: string,
  now: Stopwatch = () => performance.now(),
): ChatApi {
  return {
    async ask(request, credential, signal) {
      const asked = {credential, baseUrl}
      const answer = await http.stream({
        method: 'POST',
        url: new URL(`${baseUrl}/chat/completions`),
        signal,
        headers: {
          ...authorizationOf(credential),
          accept: 'text/event-stream, application/json',
          'content-type': 'application/json',
        },
        body: bodyOf(request, credential),
      })
      if (answer.status === 200) return readAnswer(answer, asked, now)
      throw chatTrouble(await refusalOfStream(answer, asked, now), asked)
    },
    async models(credential, signal) {
      const asked = {credential, baseUrl}
      const answer = await http({
        method: 'GET',
        url: new URL(`${baseUrl}/models`),
        signal,
        timeoutMs: LIST_MS,
        headers: {
          ...authorizationOf(credential),
          ...(credential.provider === 'anthropic' && anthropicHeaders(credential)),
          accept: 'application/json',
        },
      })
      const ids = answer.status === 200 ? parseModelIds(answer.body) : undefined
      if (ids !== undefined) return ids
      if (answer.status === 200) throw notUnderstood(asked, 200)
      throw chatTrouble(readRefusal(answer, answer.body), asked)
    },
  }
}

function authorizationOf(credential: Credential): Record<string, string> {
  return {authorization: `Bearer ${bearerOf(credential).reveal()}`}
}

/** Its list of models is not part of its API for other clients. */
function anthropicHeaders(credential: Credential): Record<string, string> {
  return {'x-api-key': bearerOf(credential).reveal(), 'anthropic-version': '2023-06-01'}
}

function bodyOf({model, messages}: ChatRequest, {provider}: Credential): string {
  const asksForUsage = !providerOf(provider).sendsUsageUnasked
  return JSON.stringify({
    ...(model !== undefined && {model}),
    messages: messages.map(({role, content}) => ({role, content})),
    stream: true,
    ...(asksForUsage && {stream_options: {include_usage: true}}),
  })
}
