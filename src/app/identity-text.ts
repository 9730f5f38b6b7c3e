import type {
  AccountReport,
  Identity,
  ProblemReport,
  ProfileReport,
} from '@mogplex/plugin-kit/session'
import {hostOf} from '../domain/network/addresses.js'
import {providerName} from '../domain/credential/provider-table.js'
import {accountName, chosenByText, placeText, scopesText, sourceText, untilText} from './names.js'
import type {Palette} from '../terminal/palette.js'
import {rows} from '../terminal/rows.js'
import {when} from './when.js'
import {unsetting} from '../domain/platform/shell.js'

export interface DisplayOptions {
  readonly palette: Palette
  readonly homeFolder: string
  readonly now: Date
}

/** Facts besides the identity. */
interface BesideIdentity {
  /** The server was asked and could not answer. */
  readonly unverified?: boolean
  /** For a login that does not count: its account, and what to do. */
  readonly unused?: {readonly message: string; readonly remedy: string} | undefined
}

/** Who is signed in and what pays for prompts, for people. */
export function identityText(
  identity: Identity,
  display: DisplayOptions,
  {unverified = false, unused}: BesideIdentity = {},
): string {
  const {account, accountProblem} = identity
  const profile = profileRows(identity, display)
  const prompts = ['prompts', promptsText(identity, display)] as const
  if (account === null) {
    const why = accountProblem && (['account', problemText(accountProblem, display)] as const)
    const login = unused && (['login', `${unused.message} ${unused.remedy}`] as const)
    const more = [why, login].filter((row) => row !== undefined)
    return [
      display.palette.strong('No Mogplex account'),
      ...rows([...profile, ...more, prompts]),
    ].join('\n')
  }
  const who = display.palette.strong(accountName(account) ?? unnamed(account))
  return [
    `${who}, ${rightsText(account, display.now, unverified)}`,
    ...rows([...profile, ['from', fromText(identity, account, display)], prompts]),
  ].join('\n')
}

/** Which profile is used and why, where there are several. */
function profileRows(
  {profile}: Identity,
  {homeFolder}: DisplayOptions,
): (readonly [string, string])[] {
  if (profile === undefined) return []
  const {name, source} = profile
  return [['profile', `${name}, ${chosenByText(source, homeFolder)}`]]
}

/** An API key does not name its account. */
function unnamed({source, kind}: AccountReport): string {
  if (source.type === 'env') return `Signed in by ${source.variable}`
  return kind === 'api-key' ? 'Signed in by a stored API key' : 'Signed in, account not named'
}

function rightsText(account: AccountReport, now: Date, unverified: boolean): string {
  const {scopes, verifiedAt} = account
  const parts = [scopesText(scopes)]
  const until = untilText(account, now)
  if (until !== undefined) parts.push(`signed in ${until}`)
  if (unverified) parts.push('unverified')
  else if (verifiedAt !== null) parts.push(`verified ${when(new Date(verifiedAt), now)}`)
  return parts.join(', ')
}

function fromText(
  {outranked}: Identity,
  {source, issuer}: AccountReport,
  {homeFolder, palette}: DisplayOptions,
): string {
  const from = `${sourceText(source, homeFolder)}, ${hostOf(issuer)}`
  if (source.type === 'file' || !outranked.some((loser) => loser.for === 'account')) return from
  return `${from}: it outranks your login.  ${palette.command(unsetting(source.variable))}`
}

/** Whether a stored Mogplex key pays: beside a login, or alone. */
function isKey({account, model}: Identity): boolean {
  if (model?.source.type !== 'file') return false
  return model.source.member !== undefined || account?.kind === 'api-key'
}

/** What is wrong with a variable or the login, and the command that fixes it. */
function problemText({source, why, remedy}: ProblemReport, {palette}: DisplayOptions): string {
  const what = source.type === 'env' ? `${source.variable} is set, and ${why}` : why
  return `${what}.  ${palette.command(remedy)}`
}

function promptsText(identity: Identity, display: DisplayOptions): string {
  const {model, modelProblem, outranked} = identity
  const {palette} = display
  const problem = modelProblem && problemText(modelProblem, display)
  if (model === null) return problem ?? 'nothing pays for them'
  const {source, provider} = model
  const key = source.type === 'env' ? source.variable : `your stored ${providerName(provider)} key`
  if (problem !== undefined) return `${key} would pay, but ${problem}`
  const place = placeText(model.baseUrl)
  if (source.type === 'file') {
    const isLogin = provider === 'mogplex' && !isKey(identity)
    return isLogin ? 'your login pays, as far as its plan goes' : `${key} pays${place}`
  }
  const pays = `${key} pays${place}`
  const beatsLogin = outranked.some(
    (loser) => loser.provider === 'mogplex' && loser.for === 'model',
  )
  if (!beatsLogin || provider === 'mogplex') return pays
  return `${pays}: it outranks your login.  ${palette.command(unsetting(source.variable))}`
}

/**
 * One line for the prompt of a shell: the profile, the account, and the payer where it is not
 * Mogplex.
 */
export function shortIdentity({profile, account, model, modelProblem}: Identity): string {
  const name = account?.email ?? account?.name ?? account?.id
  const source = account?.source.type === 'env' ? account.source.variable : 'an API key'
  const who = account === null ? 'no account' : (name ?? source)
  const isPaid = model !== null && modelProblem === undefined
  const isOther = isPaid && model.provider !== 'mogplex'
  const pays = isOther ? `, ${model.provider} pays` : isPaid ? '' : ', nothing pays'
  return `${profilePrefix(profile)}${who}${pays}`
}

/** The same where no account can be used: the reason, from the error's code. */
export function shortProblem(code: string, profile: ProfileReport | undefined): string {
  return `${profilePrefix(profile)}${code.toLowerCase().replaceAll('_', ' ')}`
}

function profilePrefix(profile: ProfileReport | undefined): string {
  return profile === undefined ? '' : `${profile.name}: `
}
