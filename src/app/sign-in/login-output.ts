import type {AccountReport} from '@mogplex/plugin-kit/session'
import type {Credential} from '../../domain/credential/credential.js'
import {accountReport} from '../../domain/credential/identity.js'
import {outrankedNotice} from '../../domain/credential/outranked-notice.js'
import type {Resolution} from '../../domain/credential/precedence.js'
import {keysPage} from '../../domain/credential/provider-address.js'
import {providerName, providerOf} from '../../domain/credential/provider-table.js'
import {hostOf} from '../../domain/network/addresses.js'
import {baseUrlOf, issuerOf} from '../../domain/network/api-address.js'
import type {DeviceLoginEvent} from '../../services/log-in-by-device.js'
import type {LoginEvent} from '../../services/log-in.js'
import {
  deviceAuthorizationReport,
  type DeviceProgress,
  deviceProgressLines,
} from './device-progress.js'
import type {Replaced} from '../../services/store-credential.js'
import type {DisplayOptions} from '../identity-text.js'
import {type Progress, progressLines} from './login-progress.js'
import {accountName, scopesText, untilText} from '../names.js'
import {revocationText} from '../receipt-text.js'
import {KEY_BESIDE_LOGIN_TEXT, storedKeyText} from './stored-key-text.js'

/** Where a command prints: for people, or for programs. */
export interface CommandOutput {
  /** Prints lines for people, on stderr; not with `--json`. */
  readonly say: (lines: readonly string[]) => void
  /** Prints one object for programs, a line of stdout; only with `--json`. */
  readonly report: (object: unknown) => void
  /** Prints the result for people, on stdout; not with `--json`. */
  readonly result: (text: string) => void
}

export function tellBrowserLogin(
  event: LoginEvent,
  output: CommandOutput,
  progress: Progress,
): void {
  output.say(progressLines(event, progress))
  if (event.type === 'authorization') output.report({type: 'authorization', url: event.url.href})
  if (event.type === 'paste-refused') output.report({type: 'paste-refused', why: event.why})
}

export function tellDeviceLogin(
  event: DeviceLoginEvent,
  output: CommandOutput,
  progress: DeviceProgress,
): void {
  output.say(deviceProgressLines(event, progress))
  if (event.type === 'device-authorization') {
    output.report(deviceAuthorizationReport(event.authorization))
  }
}

/** What was stored, what it replaced, and what outranks it. */
interface StoredReport {
  readonly credential: Credential
  readonly keptAside: readonly string[]
  readonly exposure?: string | undefined
  readonly replaced: readonly Replaced[]
  readonly resolution: Resolution
  readonly issuer: string
  /** The synced lists, where already known. */
  readonly lists?: readonly string[]
}

/** Prints who signed in or whose key was stored, then what it replaced and what outranks it. */
export function tellStored(
  stored: StoredReport,
  output: CommandOutput,
  display: DisplayOptions,
): void {
  const {credential, keptAside, exposure, replaced, resolution, issuer} = stored
  const {provider} = credential
  output.result(resultText(stored, display))
  output.say(keptAside.map((path) => `The previous contents are kept in ${path}.`))
  if (exposure !== undefined) output.say([exposure])
  output.say(replaced.map((each) => replacedText(each, display)))
  const notice = outrankedNotice(resolution, provider)
  if (notice !== undefined) {
    output.say([notice])
    output.report({type: 'outranked', notice})
  }
  if (provider === 'mogplex') {
    const reports = replaced.map((each) => replacedReport(each, issuer))
    const account = accountReport(credential, issuer)
    output.report({type: 'signed-in', account, ...(reports.length > 0 && {replaced: reports})})
  } else output.report({type: 'key-stored', provider, source: credential.source})
}

function resultText({credential, issuer, lists}: StoredReport, display: DisplayOptions): string {
  const {provider, source} = credential
  if (provider !== 'mogplex') {
    const path = source.type === 'file' ? source.path : ''
    return storedKeyText(providerOf(provider), path, display)
  }
  const isBeside = source.type === 'file' && source.member !== undefined
  if (!isBeside) return loggedInText(accountReport(credential, issuer), display, lists)
  return KEY_BESIDE_LOGIN_TEXT
}

/**
 * The result of a login: the account, its scopes, and how long it lasts.
 *
 * @param lists - the synced lists, where already known
 */
export function loggedInText(
  account: AccountReport,
  {palette, now}: DisplayOptions,
  lists: readonly string[] = [],
): string {
  const {scopes, issuer} = account
  const who = accountName(account) ?? 'an account that the server does not name'
  const parts = [scopesText(scopes), untilText(account, now)].filter((part) => part !== undefined)
  const synced = lists.length === 0 ? '' : ` ${lists.join(', ')}.`
  return `${palette.good('Signed in')} to ${hostOf(issuer)} as ${palette.strong(who)}: ${parts.join(', ')}.${synced}`
}

/** What a new login or key replaced, and what happened to it. */
function replacedText({credential, revocation}: Replaced, display: DisplayOptions): string {
  const {account, provider, type} = credential
  const whose = account && accountName(account)
  const of = whose === undefined ? '' : ` of ${whose}`
  if (type === 'oauth' && revocation !== undefined) {
    const host = hostOf(issuerOf(credential))
    return `This replaces the login${of} at ${host}: ${revocationText(revocation, display)}`
  }
  const page = keysPage(providerOf(provider), baseUrlOf(credential))
  return `This replaces the stored ${providerName(provider)} key${of}, which still works: end it at ${page}`
}

/** As {@link replacedText}, for programs. */
function replacedReport({credential, revocation}: Replaced, issuer: string): object {
  const {kind, id, email, name, issuer: from} = accountReport(credential, issuer)
  return {kind, id, email, name, issuer: from, ...(revocation && {revocation})}
}
