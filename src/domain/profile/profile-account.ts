import {loginAmong, type StoredEntry} from '../auth-file/stored-entries.js'
import {type Account, accountWord} from '../credential/credential.js'
import {hostOf, parseUrl} from '../network/addresses.js'
import {baseUrlOf} from '../network/api-address.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {outsideText} from '../text/outside-text.js'

/** The account that a named profile belongs to, and its Mogplex. A logout keeps it. */
export interface ProfileAccount {
  readonly issuer: string
  readonly baseUrl: string
  /** `undefined` where the server did not say. */
  readonly account: Account | undefined
}

/** An account at an issuer. */
export type AccountAt = Pick<ProfileAccount, 'account' | 'issuer'>

/** Whether a credential belongs to the account of a profile, as far as that is known. */
export type Match = 'other' | 'same' | 'unknown'

/** For a profile without a recorded account: that of its stored login. */
export function loginAccount(entries: readonly StoredEntry[]): ProfileAccount | undefined {
  const login = loginAmong(entries)
  if (login?.account === undefined) return undefined
  return {issuer: login.issuer, baseUrl: baseUrlOf(login), account: login.account}
}

/** Ids identify accounts; where one is unknown, nothing can be concluded. */
export function matchOf(one: AccountAt, other: AccountAt): Match {
  if (one.issuer !== other.issuer) return 'other'
  const [id, otherId] = [one.account?.id, other.account?.id]
  if (id === undefined || otherId === undefined) return 'unknown'
  return id === otherId ? 'same' : 'other'
}

/** The account in words: with the host where two would otherwise look the same. */
export function accountAtText({account, issuer}: AccountAt, beside?: AccountAt): string {
  const who = accountWord(account) ?? 'an account that is not named'
  const isElsewhere = beside !== undefined && beside.issuer !== issuer
  return isElsewhere || account === undefined ? `${who} at ${hostOf(issuer)}` : who
}

/**
 * Does not use the redactor: a text that it has since learnt as a secret must not change the owner
 * of a profile.
 */
const PLAIN = /^[^\p{C}\p{Z}]+$/u

/** @returns `undefined` where it is invalid */
export function parseProfileAccount(text: string): ProfileAccount | undefined {
  const fields = asRecord(parseJson(text))
  const [issuer, baseUrl] = [addressIn(fields?.issuer), addressIn(fields?.baseUrl)]
  if (issuer === undefined || baseUrl === undefined) return undefined
  if (fields?.account === undefined) return {issuer, baseUrl, account: undefined}
  const {id: named, email, name} = asRecord(fields.account) ?? {}
  const id = asText(named)
  if (id === undefined || !PLAIN.test(id)) return undefined
  return {issuer, baseUrl, account: {id, email: outsideText(email), name: outsideText(name)}}
}

export function formatProfileAccount({issuer, baseUrl, account}: ProfileAccount): string {
  const who = account && {
    id: account.id,
    email: account.email?.printable(),
    name: account.name?.printable(),
  }
  return `${JSON.stringify({issuer, baseUrl, account: who}, undefined, 2)}\n`
}

function addressIn(value: unknown): string | undefined {
  const text = asText(value) ?? ''
  return parseUrl(text) !== undefined && PLAIN.test(text) ? text : undefined
}
