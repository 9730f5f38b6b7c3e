/** A folder of a home, and which files in it are ours: no others are inspected or reported. */
export interface OurFolder {
  readonly name: string
  readonly isOurs: (file: string) => boolean
  /** Its contents are recreated automatically, so a damaged file can be deleted. */
  readonly isCache?: true
  /** How long its files stay valid, in milliseconds; older ones are leftovers. */
  readonly lifetimeMs?: number
}

const SYNCED = ['mcp-servers.json', 'models.json', 'no-balance.json']
/** Ten minutes (design: two-step login), plus a margin for clock differences. */
const PENDING_MS = 15 * 60_000

export const OUR_FOLDERS: readonly OurFolder[] = [
  {name: 'hosted', isOurs: (file) => SYNCED.includes(file), isCache: true},
  {
    name: 'pending-logins',
    isOurs: (file) => /^[\da-f]{32}\.json$/.test(file),
    lifetimeMs: PENDING_MS,
  },
  {name: 'logs', isOurs: (file) => /^[\w-]+\.jsonl$/.test(file)},
]

/** Files directly in a home, except `auth.json`. */
export const OUR_FILES: readonly string[] = [
  'account.json',
  'attached-runs.json',
  'history.jsonl',
  'model-choices.json',
  'profiles.json',
]
/** Those of them whose contents exist nowhere else. */
export const UNIQUE_FILES: readonly string[] = ['account.json', 'profiles.json']

/** The folder of named profiles, each of which is a home; and the pattern of their names. */
export const PROFILES = 'profiles'
export const PROFILE_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/

const TEMPORARY = /^(.+)\.[\w-]{36}\.tmp$/

/** Whether it is the temporary file of one of ours. */
export function isTemporaryOf(file: string, isOurs: (file: string) => boolean): boolean {
  const [, target] = TEMPORARY.exec(file) ?? []
  return target !== undefined && isOurs(target)
}
