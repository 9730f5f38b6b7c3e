import type {LoginEvent, LoginRequest} from '../services/log-in.js'
import type {Receipt} from '../domain/credential/receipt.js'
import type {Stored} from '../services/store-credential.js'
import {failureOf} from './observed.js'
import type {Recorder} from './recorder.js'
import {showAddress} from './redaction.js'

type Route = 'browser' | 'device' | 'key' | 'two-step'

/** A sign-in method that reports to the recorder when it was used, and how it ended. */
export function observedStore<R, S extends Stored>(
  route: Route,
  work: (request: R) => Promise<S>,
  recorder: Recorder,
): (request: R) => Promise<S> {
  return async (request) => {
    await recorder.open()
    recorder.record('login.started', {route})
    try {
      const stored = await work(request)
      recorder.record('login.completed', {route, ...reportOf(stored)})
      return stored
    } catch (error) {
      recorder.record('login.failed', {route, ...failureOf(error)}, 'error')
      throw error
    }
  }
}

/**
 * Like {@link observedStore}, for the browser method: its address is one that a person has to open.
 */
export function observedLogin<R extends Pick<LoginRequest, 'tell'>, S extends Stored>(
  work: (request: R) => Promise<S>,
  recorder: Recorder,
): (request: R) => Promise<S> {
  const observed = observedStore('browser', work, recorder)
  return async (request) =>
    observed({
      ...request,
      tell: (event: LoginEvent) => {
        if (event.type === 'authorization') {
          showAddress(event.url)
          recorder.record('login.authorization', {url: event.url.href})
        }
        request.tell(event)
      },
    })
}

/** The first step of a login whose answer is given to another command. */
export function observedStart<R, S extends {readonly url: URL}>(
  work: (request: R) => Promise<S>,
  recorder: Recorder,
): (request: R) => Promise<S> {
  return async (request) => {
    await recorder.open()
    const started = await work(request)
    showAddress(started.url)
    recorder.record('login.authorization', {url: started.url.href})
    return started
  }
}

/** The second step. */
export function observedFinish<R, S extends Stored>(
  work: (request: R) => Promise<S>,
  recorder: Recorder,
): (request: R) => Promise<S> {
  return observedStore('two-step', work, recorder)
}

/** A logout that reports to the recorder what it did. */
export function observedLogout<R>(
  work: (request: R) => Promise<Receipt>,
  recorder: Recorder,
): (request: R) => Promise<Receipt> {
  return async (request) => {
    const receipt = await work(request)
    const {removed, hosted, revocation, failures} = receipt
    recorder.record('logout.completed', {
      removed,
      hosted,
      revocation: revocation?.state,
      ...(failures.length > 0 && {failures}),
    })
    return receipt
  }
}

function reportOf({credential, replaced}: Stored): object {
  const {provider, account} = credential
  const revoked = replaced.flatMap(({revocation}) => revocation?.state ?? [])
  const report = {provider, account, ...(revoked.length > 0 && {revoked})}
  if (credential.type === 'api-key') return report
  const {issuer, scopes, expiresAt} = credential
  return {...report, issuer, scopes, expiresAt}
}
