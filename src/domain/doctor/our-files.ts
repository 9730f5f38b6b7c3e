/** A folder of a home, and which files in it are ours: nothing else of it is looked at or told. */
export interface OurFolder {
  readonly name: string
  readonly isOurs: (file: string) => boolean
  /** What is in it comes again by itself, so that a damaged file can go. */
  readonly isCache?: true
  /** For how long its files count, in milliseconds; then they are leftovers. */
  readonly lifetimeMs?: number
}

const SYNCED = ['mcp-servers.json', 'models.json', 'no-balance.json']
/** Ten minutes (design: two-step login), and room for clocks. */
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

/** Files of a home itself, `auth.json` apart. */
export const OUR_FILES: readonly string[] = [
  'account.json',
  'attached-runs.json',
  'history.jsonl',
  'model-choices.json',
  'profiles.json',
]
/** Of those, what says something that nothing else says. */
export const UNIQUE_FILES: readonly string[] = ['account.json', 'profiles.json']

/** The folder of named profiles, each of which is a home; and what is a name of one. */
export const PROFILES = 'profiles'
export const PROFILE_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/

const TEMPORARY = /^(.+)\.[\w-]{36}\.tmp$/

/** Whether a file was being written in place of one of ours. */
export function isTemporaryOf(file: string, isOurs: (file: string) => boolean): boolean {
  const [, target] = TEMPORARY.exec(file) ?? []
  return target !== undefined && isOurs(target)
}
