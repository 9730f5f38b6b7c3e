import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import type {RunUpdate} from '../../../src/domain/run/run-source.js'
import {SIGN_IN_LOOK_MS, SIGN_IN_WAIT_MS} from '../../../src/domain/run/sign-in-over.js'
import {awaitSignIn} from '../../../src/services/await-sign-in.js'
import {InterruptiblePause} from '../../../src/services/interruptible-pause.js'
import {makeLogin, NOW} from '../../support/make-credential.js'

const over = makeLogin()
const another = makeLogin({grantId: 'grant-2'})
const ended = new CredentialRejectedError('mogplex.com ended the login of ada@example.com.')

/** A disk, and a time that passes only in pauses. */
function wait(onDisk: (look: number) => Credential | undefined, signal?: AbortSignal) {
  let nowMs = NOW.getTime()
  let looks = 0
  const updates: RunUpdate[] = []
  const pauses: number[] = []
  const rest = new InterruptiblePause(async (ms, cut) => {
    cut?.throwIfAborted()
    pauses.push(ms)
    nowMs += ms
    return Promise.resolve()
  })
  const ports = {
    rest,
    access: {peek: () => onDisk((looks += 1))},
    clock: {now: () => new Date(nowMs)},
  }
  const follow = async (): Promise<unknown> => {
    try {
      const given = signal ?? new AbortController().signal
      for await (const update of awaitSignIn(ports, over, ended, given)) updates.push(update)
      return undefined
    } catch (error) {
      return error
    }
  }
  return {follow, pauses, updates, passedMs: () => nowMs - NOW.getTime()}
}

describe('awaitSignIn', () => {
  it('reports the account of the ended sign-in and the deadline, then the new account', async () => {
    const {follow, updates, pauses} = wait((look) => (look < 4 ? undefined : another))
    expect(await follow()).to.equal(undefined)
    const until = new Date(NOW.getTime() + SIGN_IN_WAIT_MS)
    expect(updates).to.deep.equal([
      {type: 'signed-out', error: ended, account: over.account, until},
      {type: 'signed-in', account: another.account},
    ])
    expect(pauses).to.deep.equal([SIGN_IN_LOOK_MS, SIGN_IN_LOOK_MS, SIGN_IN_LOOK_MS])
  })

  it('does not wait where another terminal was faster', async () => {
    const {follow, pauses} = wait(() => another)
    expect(await follow()).to.equal(undefined)
    expect(pauses).to.deep.equal([])
  })

  it('fails with the original error after the deadline, though that login is still stored', async () => {
    const {follow, updates, passedMs} = wait(() => over)
    expect(await follow()).to.equal(ended)
    expect(passedMs()).to.equal(SIGN_IN_WAIT_MS)
    expect(updates).to.have.length(1)
  })

  it('ends with the reason of its signal', async () => {
    const reason = new Error('Enough.')
    const {follow, pauses} = wait(() => undefined, AbortSignal.abort(reason))
    expect(await follow()).to.equal(reason)
    expect(pauses).to.deep.equal([])
  })
})
