import {asRecord, asText} from '../text/json.js'

/**
 * Hosted state: the lists that Mogplex keeps for an account. A local copy of them is stored, so
 * that they can be shown without network (design 10).
 */
export type HostedList = 'mcp-servers' | 'models'

/** The owner of the copy. */
export interface HostedAccount {
  /** The issuer that the credential is for, without a trailing slash. */
  readonly issuer: string
  /** The site root that the lists came from; absent where it is the issuer's origin. */
  readonly baseUrl?: string | undefined
  /** The account's id; where unknown, a fingerprint of the credential. */
  readonly id: string
}

/** One list as of its last sync. */
export interface HostedCopy<T> {
  readonly account: HostedAccount
  readonly syncedAt: Date
  readonly entries: readonly T[]
}

/** How many entries of each list. */
export interface HostedCounts {
  readonly models: number
  readonly mcpServers: number
}

/** The owner of a stored copy, by its contents. */
export function parseAccount(value: unknown): HostedAccount | undefined {
  const owner = asRecord(value)
  const [issuer, id] = [asText(owner?.issuer), asText(owner?.id)]
  const baseUrl = asText(owner?.baseUrl)
  if (issuer === undefined || id === undefined) return undefined
  return {issuer, ...(baseUrl !== undefined && {baseUrl}), id}
}

export function isSameAccount(one: HostedAccount | undefined, other: HostedAccount): boolean {
  return (
    one?.issuer === other.issuer &&
    one.id === other.id &&
    (one.baseUrl ?? one.issuer) === (other.baseUrl ?? other.issuer)
  )
}

/**
 * The entries that contain every word of a text, ignoring case; all of them where the text is
 * blank.
 */
export function filterByText<T extends object>(entries: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/)
  return entries.filter((entry) => {
    const texts = textsOf(entry)
    return words.every((word) => texts.some((candidate) => candidate.includes(word)))
  })
}

function textsOf(entry: object): string[] {
  return Object.values(entry)
    .flat()
    .filter((value) => typeof value === 'string')
    .map((value) => value.toLowerCase())
}
