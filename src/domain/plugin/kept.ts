import type {JsonValue} from '@mogplex/plugin-kit/errors'
import {KeptTooMuchError} from '../errors/plugin.js'
import {type HostedAccount, isSameAccount, parseAccount} from '../hosted/hosted-state.js'
import {asRecord, parseJson} from '../text/json.js'

/** What a plugin stores for an account, by the names that the plugin chose. */
export interface KeptFor {
  readonly account: HostedAccount
  readonly kept: Readonly<Record<string, JsonValue>>
}

const NAME = /^[a-z][a-z0-9-]{0,63}$/
const MAX_ACCOUNTS = 10
const MAX_CHARACTERS = 65_536

/** The contents of a text made by {@link formatKept}, the most recently used account first. */
export function parseKept(text: string): KeptFor[] {
  const {accounts} = asRecord(parseJson(text)) ?? {}
  const all: unknown[] = Array.isArray(accounts) ? accounts : []
  return all.flatMap((value) => {
    const fields = asRecord(value)
    const account = parseAccount(fields?.account)
    const kept = Object.entries(asRecord(fields?.kept) ?? {}).filter(([name]) => NAME.test(name))
    // It was JSON when it was stored, so it is of that type.
    return account === undefined
      ? []
      : [{account, kept: Object.fromEntries(kept) as KeptFor['kept']}]
  })
}

export function formatKept(accounts: readonly KeptFor[]): string {
  return `${JSON.stringify({accounts})}\n`
}

export function keptOf(
  accounts: readonly KeptFor[],
  account: HostedAccount,
  name: string,
): JsonValue | undefined {
  const kept = accounts.find((each) => isSameAccount(each.account, account))?.kept ?? {}
  return Object.hasOwn(kept, name) ? kept[name] : undefined
}

/**
 * With a new value for that name; removed where it is `undefined`. The least recently used accounts
 * are dropped where there are too many.
 *
 * @throws {KeptTooMuchError} exit 1
 */
export function withKept(
  accounts: readonly KeptFor[],
  account: HostedAccount,
  [name, value]: readonly [string, JsonValue | undefined],
): KeptFor[] {
  const own = accounts.find((each) => isSameAccount(each.account, account))
  const {[name]: _before, ...others} = own?.kept ?? {}
  const kept = value === undefined ? others : {...others, [name]: value}
  if (JSON.stringify(kept).length > MAX_CHARACTERS) throw new KeptTooMuchError(MAX_CHARACTERS)
  const left = accounts.filter((each) => each !== own)
  return [{account, kept}, ...left].slice(0, MAX_ACCOUNTS)
}
