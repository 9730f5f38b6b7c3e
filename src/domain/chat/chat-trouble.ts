import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {hostOf, parseUrl} from '../network/addresses.js'
import {tooLarge} from '../network/answer-limits.js'
import {modelAccessTrouble, noModelAccess, siteRootOf} from './chat-access-trouble.js'
import type {ChatAsked, ChatRefusal} from './chat-refusal.js'
import {NoModelAccessError} from '../errors/access.js'
import {CredentialNotAcceptedError, CredentialRejectedError} from '../errors/authentication.js'
import {RateLimitedError} from '../errors/later.js'
import {PromptRefusedError} from '../errors/prompts.js'
import {AnswerTooLargeError, RemoteError} from '../errors/remote.js'
import {answeredBy} from '../errors/server-facts.js'
import {printable} from '../text/printable.js'
import {keysPage} from '../credential/provider-address.js'
import {loginCannotPay} from '../credential/login-for-prompts.js'
import {providerOf} from '../credential/provider-table.js'
import {credentialName, replacementOf} from '../credential/rejected-key.js'
import {inTrouble, retryAfterSeconds} from '../network/server-trouble.js'

const OTHER_MODEL = 'Choose another model: `/model` in the app, `--model` with `--prompt`.'
/** Some providers answer 400 to a key that they do not know. */
const BAD_KEY =
  /\b(api key|token)\b.*\b(not valid|not found|expired|invalid)|\b(invalid|incorrect) api key/i

/**
 * Translates a refusal (contract 10, and what other providers answer) into an error that says what
 * to do: 64 for the credential, 65 for missing access, 75 for a rate limit, 69 for a server
 * failure, 1 for a prompt that is refused.
 */
export function chatTrouble(refusal: ChatRefusal, asked: ChatAsked): MogplexError {
  return answeredBy(refusal, troubleOf(refusal, asked))
}

function troubleOf(refusal: ChatRefusal, asked: ChatAsked): MogplexError {
  const {status, said} = refusal
  const host = serverOf(asked)
  if (status === 401 || (status === 400 && BAD_KEY.test(said ?? ''))) return rejection(asked, said)
  if (status === 429) return tooMany(refusal, asked)
  if (status === 408 || status >= 500) return inTrouble(refusal, host, {said})
  if (isElsewhere(refusal)) return notHere(refusal, asked)
  const noAccess = modelAccessTrouble(said ?? '', asked)
  if (noAccess !== undefined) return noAccess
  if (status === 402 || status === 403) return notAllowed(asked, said)
  if (status === 404 && said === undefined) return noSuchApi(asked)
  const why = said ?? `it answers ${status}`
  if (status >= 400)
    return new PromptRefusedError(`${host} refuses the prompt: ${why}.`, OTHER_MODEL)
  return notUnderstood(asked, status)
}

/** A failure after the answer has begun (contract 10). */
export function brokenOff(said: string, asked: ChatAsked): MogplexError {
  const noAccess = modelAccessTrouble(said, asked)
  if (noAccess !== undefined) return noAccess
  return new RemoteError(
    `${serverOf(asked)} failed while it answered: ${said}.`,
    'Try again; the text above is not the complete answer.',
  )
}

/** The connection ended before the answer did. */
export function cutOff(asked: ChatAsked): RemoteError {
  return new RemoteError(
    `${serverOf(asked)} ended the connection in the middle of the answer.`,
    'Try again; the text above is not the complete answer.',
  )
}

export function notUnderstood(asked: ChatAsked, status: number): RemoteError {
  return new RemoteError(
    `The answer of ${serverOf(asked)} was not understood (status ${status}).`,
    addressRemedy(asked),
  )
}

/** @param most - the limit that the answer exceeds, such as `1 MB in one frame` */
export function tooMuch(asked: ChatAsked, most: string): AnswerTooLargeError {
  return tooLarge(serverOf(asked), most)
}

/** The server sends data, but no answer, or no end of one. */
export function tooSlow(asked: ChatAsked, what: string): AnswerTooLargeError {
  return new AnswerTooLargeError(
    `${serverOf(asked)} ${what}.`,
    'Try again; the text above is not the complete answer.',
  )
}

function serverOf({baseUrl}: ChatAsked): string {
  return parseUrl(baseUrl)?.host ?? hostOf(baseUrl)
}

/** Where a person gets a key: at the Mogplex that was called, or at the provider. */
function keysAt(asked: ChatAsked): string {
  return keysPage(providerOf(asked.credential.provider), siteRootOf(asked))
}

function rejection(asked: ChatAsked, said: string | undefined): CredentialRejectedError {
  const {credential} = asked
  // The hosted service says only "Unauthorized".
  const why = credential.provider === 'mogplex' || said === undefined ? '' : `: ${said}`
  return new CredentialRejectedError(
    `${serverOf(asked)} rejects ${credentialName(credential)}${why}.`,
    replacementOf(credential, keysAt(asked)),
    true,
  )
}

function tooMany(refusal: ChatRefusal, asked: ChatAsked): MogplexError {
  const seconds = retryAfterSeconds(refusal)
  // Waiting does not help when the balance is used up.
  if (seconds === undefined && refusal.code === 'insufficient_quota') {
    return notAllowed(asked, refusal.said)
  }
  return new RateLimitedError(serverOf(asked), seconds)
}

/** A redirect, or HTML where JSON was expected: never followed, never parsed (contract 3). */
function isElsewhere({status, isPage}: ChatRefusal): boolean {
  return (status >= 300 && status < 400) || (isPage && status < 400)
}

function notHere({headers}: ChatRefusal, asked: ChatAsked): MogplexError {
  const {credential, baseUrl} = asked
  const host = serverOf(asked)
  const target = parseUrl(headers.location ?? '')
  const leadsAway = target !== undefined && target.origin !== parseUrl(baseUrl)?.origin
  if (credential.provider !== 'mogplex') {
    const where = leadsAway ? printable(target.host) : 'another page'
    return new RemoteError(
      `${host} is not a chat-completions API: it redirects to ${where}.`,
      addressRemedy(asked),
    )
  }
  if (leadsAway && target.pathname !== '/login') {
    return new CredentialNotAcceptedError(
      `${host} does not answer itself: it redirects to ${printable(target.host)}.`,
      `Set MOGPLEX_URL to ${printable(target.origin)} if you trust that address.`,
    )
  }
  if (credential.type === 'oauth') {
    return loginCannotPay(parseUrl(baseUrl)?.origin ?? baseUrl)
  }
  return new CredentialNotAcceptedError(
    `${host} does not accept ${credentialName(credential)} for prompts.`,
    `Use a key from ${keysAt(asked)}, or set a provider's variable such as OPENAI_API_KEY.`,
  )
}

function notAllowed(asked: ChatAsked, said: string | undefined): NoModelAccessError {
  const {provider} = asked.credential
  if (provider === 'mogplex') {
    return noModelAccess(said ?? 'the server does not allow it', siteRootOf(asked))
  }
  const why = said === undefined ? '' : `: ${said}`
  const {name} = providerOf(provider)
  return new NoModelAccessError(
    `${serverOf(asked)} does not allow this with ${credentialName(asked.credential)}${why}.`,
    `Look at the plan and the rights of that account at ${name} (${keysAt(asked)}), or choose another model.`,
  )
}

function noSuchApi(asked: ChatAsked): RemoteError {
  return new RemoteError(
    `No chat-completions API was found at ${asked.baseUrl} (status 404).`,
    addressRemedy(asked),
  )
}

function addressRemedy({credential: {provider}}: ChatAsked): string {
  const variable = provider === 'mogplex' ? 'MOGPLEX_URL' : `${provider.toUpperCase()}_BASE_URL`
  return `Try again; if the problem persists, check ${variable} and the network.`
}
