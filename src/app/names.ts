import {profileSourceName, type ProfileSource} from '../domain/profile/choose-profile.js'
import type {AccountReport, SourceReport} from '@mogplex/plugin-kit/session'
import type {Account} from '../domain/credential/credential.js'
import type {OutsideText} from '../domain/text/outside-text.js'
import {printable, printableLines} from '../domain/text/printable.js'
import {when} from './when.js'

/** A path for display: printable, with `~` for the home folder. */
export function shortPath(path: string, homeFolder: string): string {
  const isWindows = /^([a-z]:|\\\\)/i.test(homeFolder)
  const folder = homeFolder.replace(isWindows ? /[\\/]+$/ : /\/+$/, '')
  const [below, above] = isWindows
    ? [path.toLowerCase().replaceAll('/', '\\'), `${folder}\\`.toLowerCase()]
    : [path, `${folder}/`]
  const isBelow = folder !== '' && below.startsWith(above)
  const short = isBelow ? `~${path.slice(folder.length)}` : path
  return printableLines(short).replaceAll(/[\n\t]/g, ' ') // blanks in a path are kept
}

/** The account: `ada@example.com (Ada)`, or the known parts of it. */
export function accountName({
  id,
  email,
  name,
}: Pick<AccountReport, 'email' | 'id' | 'name'> | Account): string | undefined {
  const main = shown(email) ?? id ?? undefined
  const called = shown(name)
  return main === undefined || called === undefined ? (main ?? called) : `${main} (${called})`
}

function shown(text: OutsideText | string | null | undefined): string | undefined {
  return typeof text === 'string' ? text : text?.printable()
}

/** Where a credential came from: the variable, or the file. */
export function sourceText(source: SourceReport, homeFolder: string): string {
  return source.type === 'env' ? source.variable : shortPath(source.path, homeFolder)
}

/**
 * Where prompts are sent when it is not the provider's default, in words after "pays"; otherwise
 * empty.
 */
export function placeText(
  baseUrl: {url?: string | null | undefined; variable: string} | undefined,
) {
  if (baseUrl === undefined) return ''
  const {url, variable} = baseUrl
  return url ? ` at ${printable(url)} (${variable})` : `, but ${variable} is not an https address`
}

/** `read and write`, in words. */
export function scopesText(scopes: readonly string[] | null): string {
  if (scopes === null) return 'scopes unknown'
  if (scopes.length === 0) return 'no scopes'
  return scopes.join(', ').replace(/, ([^,]+)$/, ' and $1')
}

/** How long the login lasts, in words that follow that; `undefined` where unknown. */
export function untilText(
  {signedInUntil, expiresAt}: Pick<AccountReport, 'expiresAt' | 'signedInUntil'>,
  now: Date,
): string | undefined {
  if (signedInUntil === null) return undefined
  const end = new Date(signedInUntil)
  if (end <= now) return `until ${when(end, now)}, unless it was used elsewhere`
  return `until ${when(end, now)}${signedInUntil === expiresAt ? '' : ' if unused'}`
}

/** Why this profile is used, in words that follow its name. */
export function chosenByText(source: ProfileSource, homeFolder: string): string {
  if (source.type === 'default') return 'as nothing else is chosen'
  if (source.type === 'pin') return `pinned to ${shortPath(source.folder, homeFolder)}`
  return `by ${profileSourceName(source)}`
}
