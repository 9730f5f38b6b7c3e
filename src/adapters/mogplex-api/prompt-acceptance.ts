import {bearerOf, type OAuthCredential} from '../../domain/credential/credential.js'
import {parseUrl} from '../../domain/network/addresses.js'
import type {Http, HttpAnswer} from '../../domain/network/http.js'

const TIMEOUT_MS = 10_000

/**
 * Whether a login is accepted for prompts. `unauthorized` may also mean an expired token; `unknown`
 * is everything that proves nothing, such as a server failure.
 */
export type PromptAnswer = 'accepted' | 'refused' | 'unauthorized' | 'unknown'

export type AskAboutPrompts = (
  login: OAuthCredential,
  signal?: AbortSignal,
) => Promise<PromptAnswer>

/**
 * Asks with a prompt without `messages`: the server checks the credential first and the balance
 * last (contract 10), so that it costs nothing.
 *
 * @param baseUrl - the site root, without a trailing slash
 * @throws {RemoteError} exit 69, where it is unreachable, or the signal's reason
 */
export function createAskAboutPrompts(http: Http, baseUrl: string): AskAboutPrompts {
  return async (login, signal) => {
    const url = new URL(`${baseUrl}/api/cli/inference/chat/completions`)
    const answer = await http({
      method: 'POST',
      url,
      body: '{"stream":false}',
      timeoutMs: TIMEOUT_MS,
      signal,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Bearer ${bearerOf(login).reveal()}`,
      },
    })
    return meaningOf(answer, url)
  }
}

function meaningOf({status, headers, body}: HttpAnswer, asked: URL): PromptAnswer {
  // A web page comes from something in between.
  if (status === 400) return body.trimStart().startsWith('<') ? 'unknown' : 'accepted'
  if (status === 404) return 'refused'
  if (status === 401) return 'unauthorized'
  if (status < 300 || status >= 400) return 'unknown'
  const target = parseUrl(headers.location ?? '', asked.href)
  const isSignIn = target?.origin === asked.origin && target.pathname === '/login'
  return isSignIn ? 'refused' : 'unknown'
}
