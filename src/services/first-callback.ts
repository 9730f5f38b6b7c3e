import {setTimeout as pause} from 'node:timers/promises'
import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {CallbackServer, LoginOutcome} from '../adapters/callback-server.js'
import {errorText, type GenuineCallback, type Judgement} from '../domain/login/callback-rules.js'
import {LoginFailedError} from '../domain/errors/authentication.js'
import {readPastedCallback} from '../domain/login/pasted-callback.js'

/** Accepts lines from a person (or a program, on stdin), until the signal aborts. */
export type PasteRoute = (signal: AbortSignal) => AsyncIterable<string>

export interface CallbackAnswer {
  readonly judgement: GenuineCallback
  /** Reports the result to the waiting browser, if there is one. */
  readonly respond: (outcome: LoginOutcome) => void
}

/** The maximum number of pieces of an address that are joined. */
const MAX_PIECES = 16
/** Pieces of one paste arrive faster than this. */
const PASTE_MS = 100

interface Routes {
  readonly server: CallbackServer | undefined
  /** Ends the login where there is no server, and nothing more can be pasted. */
  readonly noRouteLeft: () => MogplexError
  readonly judge: (query: URLSearchParams) => Judgement
  readonly redirectUri: string
  /** Rejects with the error that ends the login. */
  readonly stopped?: Promise<never> | undefined
  readonly login: {
    readonly paste: PasteRoute
    readonly signal: AbortSignal
    readonly timeoutSeconds: number
    readonly tell: (
      event: {type: 'hint'; text: string} | {type: 'paste-refused'; why: string},
    ) => void
  }
}

/**
 * The first genuine answer to an authorization request, from the browser or pasted; then the other
 * way is closed. Both are open when the call returns: the prompt for an answer may follow it.
 *
 * @throws {LoginFailedError} exit 64, when none comes in time, or both ways are closed
 */
export async function firstCallback(routes: Routes): Promise<CallbackAnswer> {
  const {server, stopped, login} = routes
  const over = new AbortController()
  const timer = setTimeout(() => {
    over.abort(timedOut(login.timeoutSeconds))
  }, login.timeoutSeconds * 1000)
  const ended = AbortSignal.any([over.signal, login.signal])
  try {
    return await Promise.race([
      aborted(ended),
      pasted(routes, ended),
      ...(server === undefined ? [] : [server.answer]),
      ...(stopped === undefined ? [] : [stopped]),
    ])
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

async function pasted(routes: Routes, ended: AbortSignal): Promise<CallbackAnswer> {
  const {server, login} = routes
  let before: readonly string[] = []
  for await (const lines of pastes(login.paste(ended))) {
    const pieces = lines.filter((line) => line.trim() !== '').slice(-MAX_PIECES)
    if (pieces.length === 0) continue
    const genuine = [...readings(pieces, before)]
      .map((text) => judged(text, routes))
      .find(isGenuine)
    const judgement = genuine ?? judged(pieces.join(''), routes)
    before = [...before, ...pieces].slice(-MAX_PIECES)
    if (judgement.kind === 'hint') login.tell({type: 'hint', text: errorText(judgement)})
    else if (judgement.kind === 'refused') login.tell({type: 'paste-refused', why: judgement.why})
    else return {judgement, respond: () => undefined}
  }
  // The end of the input closes this way, not the login, as long as the other is open.
  if (server === undefined && !ended.aborted) throw routes.noRouteLeft()
  return new Promise(() => undefined)
}

/** Lines that arrive together: a paste is validated when it is complete. */
async function* pastes(lines: AsyncIterable<string>): AsyncGenerator<readonly string[], void> {
  const iterator = lines[Symbol.asyncIterator]()
  let next = iterator.next()
  for (let first = await next; first.done !== true; first = await next) {
    const paste = [first.value]
    next = iterator.next()
    let more = await Promise.race([next, pause(PASTE_MS, undefined)])
    while (more !== undefined && more.done !== true) {
      paste.push(more.value)
      next = iterator.next()
      more = await Promise.race([next, pause(PASTE_MS, undefined)])
    }
    yield paste
  }
}

/**
 * A terminal may have broken the address into pieces: the longest combination is tried first, since
 * a truncated code still looks like one.
 */
function* readings(pieces: readonly string[], before: readonly string[]): Generator<string> {
  const all = [...before, ...pieces]
  for (let end = all.length; end > before.length; end -= 1) {
    for (let start = 0; start < end; start += 1) yield all.slice(start, end).join('')
  }
}

function judged(text: string, {judge, redirectUri}: Routes): Judgement {
  const query = readPastedCallback(text, [redirectUri])
  return typeof query === 'string' ? {kind: 'refused', why: query} : judge(query)
}

function isGenuine(judgement: Judgement): judgement is GenuineCallback {
  return judgement.kind === 'code' || judgement.kind === 'denied'
}

async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : timedOut(0))
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, {once: true})
  })
}

function timedOut(seconds: number): LoginFailedError {
  return new LoginFailedError(
    `Nobody finished the sign-in within ${seconds} s.`,
    'Run `mogplex login` again; `--timeout SECONDS` gives more time.',
    'LOGIN_TIMED_OUT',
  )
}
