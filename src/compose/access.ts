import {allowsLoopbackHttp} from '../domain/network/addresses.js'
import type {Http} from '../domain/network/http.js'
import {AccountAccess} from '../services/account-access.js'
import {observedRefresh} from '../recording/observed-work.js'
import {revokeAtServer} from './login-ports.js'
import type {SharedServices} from './shared-services.js'

/** The account's credential, kept fresh. The refresh code is loaded when it is needed. */
export function composeAccess(shared: SharedServices): AccountAccess {
  const {session, clock, env, http, authFile, journal, recorder} = shared
  const loopbackHttp = allowsLoopbackHttp(env)
  return new AccountAccess({
    session,
    clock,
    isFileMissing: () => authFile.read().document.state === 'missing',
    warn: (text) => void process.stderr.write(`${text}\n`),
    refresh: observedRefresh(async (login, request) => {
      const [{refreshLogin}, {discover}, {refreshTokens}, {withSignalsWaiting}, {pause}] =
        await Promise.all([
          import('../services/refresh-login.js'),
          import('../adapters/authorization-server/discovery.js'),
          import('../adapters/authorization-server/refresh.js'),
          import('../adapters/signals.js'),
          import('../adapters/pause.js'),
        ])
      /** The limit for all requests together. */
      const within = (budgetMs: number): Http => {
        const end = performance.now() + budgetMs
        return async (asked) =>
          http({...asked, timeoutMs: Math.max(1, Math.round(end - performance.now()))})
      }
      const revoke = revokeAtServer(shared)
      return refreshLogin(
        {
          authFile,
          journal,
          clock,
          pause,
          pid: process.pid,
          uninterrupted: withSignalsWaiting,
          discover: async (issuer, {signal, timeoutMs}) =>
            discover(issuer, {http: within(timeoutMs), loopbackHttp, signal}),
          ask: async (stored, metadata, {signal, timeoutMs}) =>
            refreshTokens(stored, {
              http: within(timeoutMs),
              loopbackHttp,
              signal,
              metadata,
              now: clock.now(),
            }),
          revoke: async (fresh) => revoke(fresh, AbortSignal.timeout(5000)),
        },
        login,
        request,
      )
    }, recorder),
  })
}
