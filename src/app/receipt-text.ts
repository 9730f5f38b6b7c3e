import {removing} from '../domain/platform/shell.js'
import {hostOf} from '../domain/network/addresses.js'
import {type ProviderId, providerName} from '../domain/credential/provider-table.js'
import {
  type AuthCopy,
  type Receipt,
  type Removed,
  type RevocationReport,
  type StillThere,
  type TokenEnds,
  whyStillStored,
} from '../domain/credential/receipt.js'
import {counted} from '../domain/text/counted.js'
import {countsText} from './hosted-text.js'
import type {DisplayOptions} from './identity-text.js'
import {accountName, shortPath} from './names.js'
import {rows} from '../terminal/rows.js'
import {when} from './when.js'

export const SIGNED_OUT = 'Signed out of Mogplex'
const NOT_SIGNED_OUT = 'Not signed out: what is stored could not be removed.'

/** The receipt of a logout: what was removed, the server's result, what still signs in or pays. */
export function receiptText(
  receipt: Receipt,
  display: DisplayOptions,
  asked: readonly ProviderId[] = ['mogplex'],
): string {
  const {revocation, stillThere} = receipt
  const left = [...new Set(stillThere.map((entry) => leftText(entry, receipt, display)))]
  return [
    headline(receipt, display, asked),
    ...rows([
      ...removedTexts(receipt, display).map((text) => ['removed', text] as const),
      ...historyTexts(receipt).map((text) => ['removed', text] as const),
      ...(revocation === undefined
        ? []
        : [['at the server', revocationText(revocation, display)] as const]),
      ...receipt.removed
        .flatMap(({provider, endAt}) => (endAt === undefined ? [] : keyStillWorks(provider, endAt)))
        .map((text) => ['at the server', text] as const),
      ...left.map((text) => ['still there', text] as const),
      ...receipt.copies.map((copy) => copyRow(copy, display)),
      // The error already says that the credentials are still there.
      ...receipt.failures
        .filter(({step}) => step !== 'credentials')
        .map(({message, remedy}) => ['failed', `${message} ${remedy}`] as const),
    ]),
  ].join('\n')
}

/** Where the owner of a key can revoke it. */
function keyStillWorks(provider: ProviderId, endAt: string): string {
  return `the ${providerName(provider)} key still works: end it at ${endAt}`
}

function headline(
  receipt: Receipt,
  {palette}: DisplayOptions,
  asked: readonly ProviderId[],
): string {
  if (whyStillStored(receipt) !== undefined) return palette.bad(NOT_SIGNED_OUT)
  const {removed, hosted} = receipt
  const login = removed.find(({provider}) => provider === 'mogplex')
  if (login !== undefined) {
    const who = login.account && accountName(login.account)
    return palette.strong(`${SIGNED_OUT}${who === undefined ? '' : `: ${who}`}`)
  }
  if (removed.length === 0) {
    const [only] = asked
    if (!asked.includes('mogplex')) return `No ${providerName(only ?? '')} key was stored.`
    return countsText(hosted) === ''
      ? 'Nothing was stored: nobody was signed in.'
      : 'No login was stored.'
  }
  return palette.strong(
    `Removed: ${removed.map(({provider}) => providerName(provider)).join(', ')}`,
  )
}

/** One line per credential; the lists of the account are mentioned with the login. */
function removedTexts({removed, hosted}: Receipt, display: DisplayOptions): string[] {
  const lists = countsText(hosted)
  if (lists === '') return removed.map((entry) => removedText(entry, display))
  const owner = removed.find(({provider}) => provider === 'mogplex')
  const texts = removed.map((entry) => {
    const text = removedText(entry, display)
    return entry === owner ? `${text}, ${lists}` : text
  })
  return owner === undefined ? [...texts, lists] : texts
}

function historyTexts({history}: Receipt): string[] {
  if (history === 0) return []
  const entries = counted(history, 'entry', 'entries')
  return [`${entries} of history.jsonl, with something secret in ${history === 1 ? 'it' : 'them'}`]
}

function removedText(removed: Removed, {homeFolder}: DisplayOptions): string {
  return `${storedText(removed)} in ${shortPath(removed.path, homeFolder)}`
}

function copyRow({path, removed}: AuthCopy, {palette, homeFolder}: DisplayOptions) {
  const name = shortPath(path, homeFolder)
  if (removed) return ['removed', name] as const
  const how = palette.command(removing(path, name))
  return ['still there', `${name} may hold credentials.  ${how}`] as const
}

/** What happened to a login at its server. */
export function revocationText(report: RevocationReport, display: DisplayOptions): string {
  const host = hostOf(report.issuer)
  switch (report.state) {
    case 'revoked':
      return `revoked at ${host}`
    case 'over':
      return `${host} had ended it already`
    case 'not-offered':
      return `not revoked: ${host} offers no way to.${endsText(report, display)}`
    case 'failed':
      return `not revoked: ${report.why.replace(/\.$/, '')}.${endsText(report, display)}`
  }
}

function endsText({accessTokenEnds, refreshTokenEnds}: TokenEnds, {now}: DisplayOptions): string {
  const ends = [
    accessTokenEnds && `the access token ends by ${when(accessTokenEnds, now)}`,
    refreshTokenEnds && `the refresh token by ${when(refreshTokenEnds, now)}`,
  ].filter((text) => text !== undefined)
  const text = ends.join(', ').replace(/^the refresh token by/, 'the refresh token ends by')
  return text === '' ? '' : ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function leftText(
  entry: StillThere,
  {stillThere}: Receipt,
  {palette, homeFolder}: DisplayOptions,
): string {
  const {source, remedy} = entry
  const same = stillThere.filter((other) => nameOf(other) === nameOf(entry))
  const used = same.filter(({by}) => by === undefined)
  const purposes = (used.length > 0 ? used : same).map((other) => purposeText(other))
  const isVariable = source.type === 'env'
  const what = isVariable
    ? source.variable
    : `${storedText(entry)} in ${shortPath(source.path, homeFolder)}`
  const said = [...(isVariable ? ['is set'] : []), ...new Set(purposes)]
  const how = remedy === undefined ? '' : `  ${palette.command(remedy)}`
  return `${what} ${enumerated(said)}.${how}`
}

/** As in "a, b, and c". */
function enumerated(words: readonly string[]): string {
  const [last = '', ...before] = [...words].reverse()
  return before.length > 1
    ? `${before.reverse().join(', ')}, and ${last}`
    : [...before, last].join(' and ')
}

function purposeText({for: purpose, by}: StillThere): string {
  if (by !== undefined) return purpose === 'account' ? 'would sign you in next' : 'would pay next'
  return purpose === 'account' ? 'still signs you in' : 'will pay for your next prompts'
}

function storedText({kind, provider}: Pick<StillThere, 'kind' | 'provider'>): string {
  return kind === 'oauth' ? 'the login' : `the ${providerName(provider)} key`
}

function nameOf({source, provider}: StillThere): string {
  return source.type === 'env' ? source.variable : (source.member ?? provider)
}
