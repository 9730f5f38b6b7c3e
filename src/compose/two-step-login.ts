import {randomBytes} from 'node:crypto'
import {observedFinish, observedStart} from '../recording/observed-sign-in.js'
import type {FinishLoginRequest} from '../services/finish-login.js'
import type {StartedLogin, StartLoginRequest} from '../services/start-login.js'
import type {LoggedIn} from '../services/store-login.js'
import {loadDiscover, type Rights, storePorts, withRights} from './login-ports.js'
import type {SharedServices} from './shared-services.js'

/** A login in two commands, for callers that cannot wait for the browser. */
export interface TwoStepLogin {
  readonly startLogin: (request: StartLoginRequest & Rights) => Promise<StartedLogin>
  readonly finishLogin: (request: FinishLoginRequest) => Promise<LoggedIn>
}

export function composeTwoStepLogin(shared: SharedServices): TwoStepLogin {
  const {authFile, clock, http, session, recorder, pendingLogins} = shared
  return {
    startLogin: observedStart(async (request: StartLoginRequest & Rights) => {
      const settings = withRights(session.settings, request)
      const [{startLogin}, authorization, discover] = await Promise.all([
        import('../services/start-login.js'),
        import('../adapters/authorization-server/authorization-request.js'),
        loadDiscover(shared, settings),
      ])
      return startLogin(
        {
          authFile,
          clock,
          pendingLogins,
          settings,
          discover,
          newHandle: () => randomBytes(16).toString('hex'),
          makeRequest: async (metadata, redirectUri) =>
            authorization.makeAuthorizationRequest(metadata, {...settings, redirectUri}),
        },
        request,
      )
    }, recorder),
    finishLogin: observedFinish(async (request: FinishLoginRequest) => {
      const {settings} = session
      const [{finishLogin}, {exchangeCode}, discover] = await Promise.all([
        import('../services/finish-login.js'),
        import('../adapters/authorization-server/code-exchange.js'),
        loadDiscover(shared, settings),
      ])
      return finishLogin(
        {
          ...storePorts(shared),
          pendingLogins,
          settings,
          discover,
          exchange: async (metadata, pending, callback, signal) =>
            exchangeCode({
              http,
              metadata,
              signal,
              loopbackHttp: settings.loopbackHttp,
              ...pending,
              callback,
              now: clock.now(),
            }),
        },
        request,
      )
    }, recorder),
  }
}
