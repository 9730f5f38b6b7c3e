import {createHash} from 'node:crypto'
import {MogplexError, type Session} from '@mogplex/plugin-kit'
import {NotUnderstoodError} from '../domain/errors.js'
import {asFields} from '../domain/json.js'
import {
  answered,
  type Claim,
  claimed,
  lost,
  parseStarts,
  type PendingStart,
  startsAsJson,
} from '../domain/pending-starts.js'
import {parseRun, type Run} from '../domain/run.js'
import {type KeyOrigin, mayHaveStarted, startError} from '../domain/start-errors.js'
import {identityOf, type StartRequest} from '../domain/start-request.js'

/** Where starts are recorded. */
const NOTE = 'starts'
/** Starting may have to find a sandbox first. */
const TIMEOUT_MS = 20_000

export interface StartPorts extends Pick<Claim, 'host' | 'isAlive' | 'pid'> {
  readonly session: Pick<Session, 'keep' | 'rememberRun' | 'request' | 'site'>
  readonly now: () => Date
  readonly makeKey: () => string
  /** Called before anything is sent, so that the start can be resumed after a kill. */
  readonly onKey: (
    key: string,
    how: {readonly isRepeated: boolean; readonly isNoted: boolean},
  ) => void
  readonly signal?: AbortSignal | undefined
}

export interface Started {
  readonly run: Run
  readonly key: string
  /** It had been started before, with the same key. */
  readonly isReplayed: boolean
}

/**
 * Starts a run, and never two of them: the request carries a key, is repeated when its answer is
 * lost, and is recognised by its key when the same request is made again.
 *
 * @param ownKey - the user's; when absent one is created, and recorded until the answer arrives
 * @throws {StartError} with the exit code of the cause
 */
export async function startRun(
  ports: StartPorts,
  request: StartRequest,
  ownKey: string | undefined,
): Promise<Started> {
  const {session, onKey, signal} = ports
  const claim = ownKey === undefined ? await claimKey(ports, request) : undefined
  const {key, isNoted, isRepeated} = claim ?? {key: ownKey ?? '', isNoted: false, isRepeated: false}
  const origin = {key, isNoted, isOwn: claim === undefined}
  onKey(key, {isRepeated, isNoted})
  try {
    const answer = await session.request('/runs', {
      method: 'POST',
      body: request,
      idempotencyKey: key,
      timeoutMs: TIMEOUT_MS,
      signal,
    })
    const run = parseRun(answer)
    await settle(ports, origin, answered)
    await session.rememberRun({id: run.id, branch: run.working || run.base})
    return {run, key, isReplayed: asFields(answer)?.replayed === true}
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    const isOpen = mayHaveStarted(error) || error instanceof NotUnderstoodError
    await settle(ports, origin, isOpen ? lost : answered)
    throw startError(error, origin, ports.now())
  }
}

/** Where it cannot be recorded, the key is in the message. */
async function claimKey(
  {session, now, makeKey, host, pid, isAlive}: StartPorts,
  request: StartRequest,
): Promise<{key: string; isNoted: boolean; isRepeated: boolean}> {
  const text = `${await session.site()} ${identityOf(request)}`
  const claim: Claim = {
    host,
    pid,
    isAlive,
    now: now(),
    newKey: makeKey(),
    request: createHash('sha256').update(text).digest('hex'),
  }
  let found = {key: claim.newKey, isRepeated: false}
  try {
    await session.keep(NOTE, (kept) => {
      const {starts, ...rest} = claimed(parseStarts(kept), claim)
      found = rest
      return startsAsJson(starts)
    })
    return {...found, isNoted: true}
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return {key: claim.newKey, isRepeated: false, isNoted: false}
  }
}

type Settle = (starts: readonly PendingStart[], key: string) => PendingStart[]

/** Failing to remove the record is harmless: at worst it is found again, with the same run. */
async function settle(
  {session}: StartPorts,
  {key, isNoted}: KeyOrigin,
  how: Settle,
): Promise<void> {
  if (!isNoted) return
  await session
    .keep(NOTE, (kept) => startsAsJson(how(parseStarts(kept), key)))
    .catch((error: unknown) => {
      if (!(error instanceof MogplexError)) throw error
    })
}
