import {randomUUID} from 'node:crypto'
import {allowsLoopbackHttp} from '../domain/network/addresses.js'
import type {Settings} from '../domain/settings/settings.js'
import type {LoginPorts} from '../services/log-in.js'
import type {Revoke} from '../services/revoke-login.js'
import {claimedProfile} from './claimed-profile.js'
import type {SharedServices} from './shared-services.js'

// Shared by the ways of signing in.

/** The scopes that a login requests, by any method. */
export interface Rights {
  /** Without the scope `write`. */
  readonly readOnly: boolean
}

/** The settings, without the scope `write` where it is not wanted. */
export function withRights(settings: Settings, {readOnly}: Rights): Settings {
  if (!readOnly) return settings
  return {...settings, scopes: settings.scopes.filter((scope) => scope !== 'write')}
}

/** Stores a credential, and revokes the previous one. */
export function storePorts(shared: SharedServices) {
  const {authFile, clock, journal, session, accountEvents: events} = shared
  return {
    authFile,
    clock,
    journal,
    session,
    events,
    revoke: revokeAtServer(shared),
    profile: claimedProfile(shared),
    newGrantId: () => randomUUID(),
  }
}

/** Loads the client that requests the configured issuer's metadata. */
export async function loadDiscover(
  {http}: SharedServices,
  {issuer, loopbackHttp}: Settings,
): Promise<LoginPorts['discover']> {
  const {discover} = await import('../adapters/authorization-server/discovery.js')
  return async (signal) => discover(issuer, {http, loopbackHttp, signal})
}

/** Revokes a login at the issuer that issued it, which may not be the configured one. */
export function revokeAtServer({env, http}: SharedServices): Revoke {
  const loopbackHttp = allowsLoopbackHttp(env)
  return async (credential, signal) => {
    const [{discover}, {revoke}] = await Promise.all([
      import('../adapters/authorization-server/discovery.js'),
      import('../adapters/authorization-server/revocation.js'),
    ])
    const metadata = await discover(credential.issuer, {http, loopbackHttp, signal})
    return revoke(credential, {http, metadata, loopbackHttp, signal})
  }
}
