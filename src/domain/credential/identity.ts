import type {
  AccountReport,
  BaseUrlReport,
  Identity,
  ModelReport,
  OutrankedReport,
  ProblemReport,
} from '@mogplex/plugin-kit/session'
import {baseUrlOf, issuerOf} from '../network/api-address.js'
import type {Credential} from './credential.js'
import {cannotPayText, refusedForPrompts, STORING_A_KEY} from './login-for-prompts.js'
import {signedInUntil} from '../refresh/expiry.js'
import {payerAddress} from './payers.js'
import type {Answer, Resolution} from './precedence.js'
import {NO_ADDRESS, type ReplacedBaseUrl} from './provider-address.js'
import {unsetting} from '../platform/shell.js'

// Scopes of OpenID Connect: they say what a login tells about the person, not what it may do.
const IDENTITY_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access'])

/** The scopes that are rights at Mogplex, or `undefined` when they are unknown. */
export function rightsOf(credential: Credential): string[] | undefined {
  if (credential.type === 'api-key') return undefined
  return credential.scopes?.filter((scope) => !IDENTITY_SCOPES.has(scope))
}

/** Who is signed in and what pays, as `whoami --json` and plugins see it. Contains no secret. */
export function identityOf(resolution: Resolution, issuer: string): Identity {
  const {account, model, trace} = resolution
  const baseUrl = payerAddress(resolution)
  const accountProblem = malformed(account)
  const modelProblem =
    malformed(model) ?? unusable(baseUrl) ?? (model.kind === 'none' ? problemOf(trace) : undefined)
  return {
    account: account.kind === 'credential' ? accountReport(account.credential, issuer) : null,
    ...(accountProblem && {accountProblem}),
    model: modelReport(model, baseUrl),
    ...(modelProblem && {modelProblem}),
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
 * @param issuer - the issuer in use: the key of a variable is meant for it
 */
export function accountReport(credential: Credential, issuer: string): AccountReport {
  const {account, source} = credential
  const login = credential.type === 'oauth' ? credential : undefined
  return {
    kind: credential.type,
    id: account?.id ?? null,
    email: account?.email?.printable() ?? null,
    name: account?.name?.printable() ?? null,
    scopes: rightsOf(credential) ?? null,
    source,
    issuer: source.type === 'file' ? issuerOf(credential) : issuer,
    expiresAt: login?.expiresAt?.toISOString() ?? null,
    signedInUntil: (login && signedInUntil(login))?.toISOString() ?? null,
    verifiedAt: login?.verifiedAt?.toISOString() ?? null,
  }
}

function malformed(answer: Answer): ProblemReport | undefined {
  return answer.kind === 'malformed' ? problem(answer.variable, answer.why) : undefined
}

function unusable(baseUrl: ReplacedBaseUrl | undefined): ProblemReport | undefined {
  if (baseUrl === undefined || baseUrl.url !== undefined) return undefined
  return problem(baseUrl.variable, `it ${NO_ADDRESS}`)
}

function problem(variable: string, why: string): ProblemReport {
  return {source: {type: 'env', variable}, why, remedy: unsetting(variable)}
}

/** A login that is not accepted for prompts. */
function problemOf(trace: Resolution['trace']): ProblemReport | undefined {
  const login = refusedForPrompts(trace)
  if (login === undefined) return undefined
  return {source: login.source, why: cannotPayText(baseUrlOf(login)), remedy: STORING_A_KEY}
}

function modelReport(answer: Answer, baseUrl: ReplacedBaseUrl | undefined): ModelReport | null {
  if (answer.kind !== 'credential') return null
  const {provider, source} = answer.credential
  return {provider, source, ...(baseUrl && {baseUrl: baseUrlReport(baseUrl)})}
}

/** An address that replaced a provider's default, as `--json` prints it. */
export function baseUrlReport({url, variable}: ReplacedBaseUrl): BaseUrlReport {
  return {url: url ?? null, variable}
}
