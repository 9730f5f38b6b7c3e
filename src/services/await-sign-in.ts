import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Clock} from '../adapters/clock.js'
import type {Credential} from '../domain/credential/credential.js'
import type {RunUpdate} from '../domain/run/run-source.js'
import {isOtherSignIn, SIGN_IN_LOOK_MS, SIGN_IN_WAIT_MS} from '../domain/run/sign-in-over.js'
import type {AccountAccess} from './account-access.js'
import type {InterruptiblePause} from './interruptible-pause.js'

interface SignInPorts {
  readonly access: Pick<AccountAccess, 'peek'>
  readonly clock: Clock
  readonly rest: InterruptiblePause
}

/**
 * Waits until another terminal has signed in. Reads only the disk: an ended sign-in is never sent.
 *
 * @param over - the credential whose sign-in ended
 * @param error - the error that ended it
 * @throws the error, when nobody signs in in time; the signal's reason
 */
export async function* awaitSignIn(
  {access, clock, rest}: SignInPorts,
  over: Credential,
  error: MogplexError,
  signal: AbortSignal,
): AsyncGenerator<RunUpdate, void> {
  const until = new Date(clock.now().getTime() + SIGN_IN_WAIT_MS)
  yield {type: 'signed-out', error, account: over.account, until}
  for (;;) {
    const found = access.peek()
    if (found !== undefined && isOtherSignIn(found, over, clock.now())) {
      yield {type: 'signed-in', account: found.account}
      return
    }
    const leftMs = until.getTime() - clock.now().getTime()
    if (leftMs <= 0) throw error
    await rest.for(Math.min(SIGN_IN_LOOK_MS, leftMs), signal)
  }
}
