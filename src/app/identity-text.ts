import type {AccountReport, Identity} from '@mogplex/plugin-kit/session'
import {hostOf} from '../domain/network/addresses.js'
import {providerName} from '../domain/credential/provider-table.js'
import {accountName, placeText, scopesText, sourceText, untilText} from './names.js'
import type {Palette} from '../terminal/palette.js'
import {rows} from '../terminal/rows.js'
import {when} from './when.js'

export interface Showing {
  readonly palette: Palette
  readonly homeFolder: string
  readonly now: Date
}

/**
 * Who is signed in and what pays for prompts, as a person reads it.
 *
 * @param unverified - the server was asked and could not say
 */
export function identityText(identity: Identity, showing: Showing, unverified = false): string {
  const {account} = identity
  const prompts = ['prompts', promptsText(identity, showing)] as const
  if (account === null) {
    return [showing.palette.strong('No Mogplex account'), ...rows([prompts])].join('\n')
  }
  const who = showing.palette.strong(accountName(account) ?? unnamed(account))
  return [
    `${who}, ${rightsText(account, showing.now, unverified)}`,
    ...rows([['from', fromText(identity, account, showing)], prompts]),
  ].join('\n')
}

/** An API key does not tell whose it is. */
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
  {homeFolder, palette}: Showing,
): string {
  const from = `${sourceText(source, homeFolder)}, ${hostOf(issuer)}`
  if (source.type === 'file' || !outranked.some((loser) => loser.for === 'account')) return from
  return `${from}: it outranks your login.  ${palette.command(`unset ${source.variable}`)}`
}

function promptsText({model, outranked}: Identity, {palette}: Showing): string {
  if (model === null) return 'nothing pays for them'
  const {source, provider} = model
  const place = placeText(model.baseUrl)
  if (source.type === 'file') {
    return provider === 'mogplex'
      ? 'your login pays, as far as its plan goes'
      : `your stored ${providerName(provider)} key pays${place}`
  }
  const pays = `${source.variable} pays${place}`
  const beatsLogin = outranked.some(
    (loser) => loser.provider === 'mogplex' && loser.for === 'model',
  )
  if (!beatsLogin || provider === 'mogplex') return pays
  return `${pays}: it outranks your login.  ${palette.command(`unset ${source.variable}`)}`
}
