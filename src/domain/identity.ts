import type {
  AccountReport,
  Identity,
  ModelReport,
  OutrankedReport,
} from '@mogplex/plugin-kit/session'
import type {Credential} from './credential.js'
import {signedInUntil} from './expiry.js'
import type {Answer, Resolution} from './precedence.js'
import {DEFAULT_BASE_URL} from './settings.js'

// Scopes of OpenID Connect: they say what a login tells about the person, not what it may do.
const IDENTITY_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access'])

/** The scopes that are rights at Mogplex, or `undefined` when they are unknown. */
export function rightsOf(credential: Credential): string[] | undefined {
  if (credential.type === 'api-key') return undefined
  return credential.scopes?.filter((scope) => !IDENTITY_SCOPES.has(scope))
}

/** Who is signed in and what pays, as `whoami --json` and plugins see it: no secret is in it. */
export function identityOf({account, model, trace}: Resolution, issuer: string): Identity {
  return {
    account: account.kind === 'credential' ? accountReport(account.credential, issuer) : null,
    model: modelReport(model),
    outranked: trace.flatMap((entry): OutrankedReport[] =>
      entry.state === 'outranked'
        ? [{provider: entry.provider, source: entry.source, by: entry.by ?? '', for: entry.for}]
        : [],
    ),
  }
}

/**
 * One credential as an account.
 *
 * @param issuer - the issuer in question: a variable's key is meant for it
 */
export function accountReport(credential: Credential, issuer: string): AccountReport {
  const {account, source} = credential
  const login = credential.type === 'oauth' ? credential : undefined
  return {
    kind: credential.type,
    id: account?.id ?? null,
    email: account?.email ?? null,
    name: account?.name ?? null,
    scopes: rightsOf(credential) ?? null,
    source,
    issuer: source.type === 'file' ? (credential.issuer ?? DEFAULT_BASE_URL) : issuer,
    expiresAt: login?.expiresAt?.toISOString() ?? null,
    signedInUntil: (login && signedInUntil(login))?.toISOString() ?? null,
    verifiedAt: login?.verifiedAt?.toISOString() ?? null,
  }
}

function modelReport(answer: Answer): ModelReport | null {
  if (answer.kind !== 'credential') return null
  return {provider: answer.credential.provider, source: answer.credential.source}
}
