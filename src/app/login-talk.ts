import type {Credential} from '../domain/credential/credential.js'
import {accountReport} from '../domain/credential/identity.js'
import {outrankedNotice} from '../domain/credential/outranked-notice.js'
import type {Resolution} from '../domain/credential/precedence.js'
import {providerOf} from '../domain/credential/provider-table.js'
import type {DeviceLoginEvent} from '../services/log-in-by-device.js'
import type {LoginEvent} from '../services/log-in.js'
import {
  deviceAuthorizationReport,
  type DeviceProgress,
  deviceProgressLines,
} from './device-progress.js'
import type {Replaced} from '../services/store-credential.js'
import type {Showing} from './identity-text.js'
import {loggedInText} from './logged-in-text.js'
import {type Progress, progressLines} from './login-progress.js'
import {replacedReport, replacedText} from './replaced-text.js'
import {KEY_BESIDE_LOGIN_TEXT, storedKeyText} from './stored-key-text.js'

/** Where a command's words go. */
export interface Talk {
  /** Lines for people, on stderr; programs are not talked to. */
  readonly say: (lines: readonly string[]) => void
  /** One object for programs, a line of stdout; people do not see it. */
  readonly report: (object: unknown) => void
  /** The result for people, on stdout. */
  readonly result: (text: string) => void
}

export function tellBrowserLogin(event: LoginEvent, talk: Talk, progress: Progress): void {
  talk.say(progressLines(event, progress))
  if (event.type === 'authorization') talk.report({type: 'authorization', url: event.url.href})
  if (event.type === 'paste-refused') talk.report({type: 'paste-refused', why: event.why})
}

export function tellDeviceLogin(
  event: DeviceLoginEvent,
  talk: Talk,
  progress: DeviceProgress,
): void {
  talk.say(deviceProgressLines(event, progress))
  if (event.type === 'device-authorization') {
    talk.report(deviceAuthorizationReport(event.authorization))
  }
}

/** What was stored, what had to give way, and what outranks it. */
export interface Stored {
  readonly credential: Credential
  readonly keptAside: readonly string[]
  readonly exposure?: string | undefined
  readonly replaced: readonly Replaced[]
  readonly resolution: Resolution
  readonly issuer: string
  /** What was synced, where that is known by now. */
  readonly lists?: readonly string[]
}

/** Who signed in, or whose key was stored; and below that what had to give way, and what outranks it. */
export function tellStored(stored: Stored, talk: Talk, showing: Showing): void {
  const {credential, keptAside, exposure, replaced, resolution, issuer} = stored
  const {provider} = credential
  talk.result(resultText(stored, showing))
  talk.say(keptAside.map((path) => `What was in the way is kept in ${path}.`))
  if (exposure !== undefined) talk.say([exposure])
  talk.say(replaced.map((each) => replacedText(each, showing)))
  const notice = outrankedNotice(resolution, provider)
  if (notice !== undefined) {
    talk.say([notice])
    talk.report({type: 'outranked', notice})
  }
  if (provider === 'mogplex') {
    const reports = replaced.map((each) => replacedReport(each, issuer))
    const account = accountReport(credential, issuer)
    talk.report({type: 'signed-in', account, ...(reports.length > 0 && {replaced: reports})})
  } else talk.report({type: 'key-stored', provider, source: credential.source})
}

function resultText({credential, issuer, lists}: Stored, showing: Showing): string {
  const {provider, source} = credential
  if (provider !== 'mogplex') {
    const path = source.type === 'file' ? source.path : ''
    return storedKeyText(providerOf(provider), path, showing)
  }
  const isBeside = source.type === 'file' && source.member !== undefined
  if (!isBeside) return loggedInText(accountReport(credential, issuer), showing, lists)
  return KEY_BESIDE_LOGIN_TEXT
}
