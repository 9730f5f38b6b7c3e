import {homedir, hostname, userInfo} from 'node:os'
import {join} from 'node:path'
import type {Reader} from '../domain/doctor/shortened.js'
import type {Environment} from '../domain/settings/environment.js'

const USERS = ['USER', 'LOGNAME', 'USERNAME', 'SUDO_USER']
const ADDRESS = /^(?:MOGPLEX_(?:URL|ISSUER)|\w+_(?:PROXY|BASE_URL)|\w+_API_ENDPOINT)$/i

/** Who and where the user is, from everything that this process knows. */
export function readReader(env: Environment): Reader {
  const values = (names: readonly string[]): string[] => names.flatMap((name) => env[name] ?? [])
  const homes = [
    ...values(['HOME', 'USERPROFILE']),
    ...attempt(homedir),
    ...attempt(own('homedir')),
  ]
  return {
    folders: homes.map((path) => [path, '~'] as const),
    users: [...values(USERS), ...attempt(own('username'))],
    hosts: [...values(['HOSTNAME', 'COMPUTERNAME']), ...attempt(hostname)],
    addresses: values(Object.keys(env).filter((name) => ADDRESS.test(name))),
  }
}

/**
 * Where the launcher caches compiled code: in the home that the system knows, whatever HOME says.
 *
 * @returns `undefined` where it caches none
 */
export function codeCacheFolder(env: Environment): string | undefined {
  const isOff = env.MOGPLEX_CACHE?.trim().toLowerCase() === 'off'
  if (process.platform === 'win32' || isOff) return undefined
  const [home] = attempt(own('homedir'))
  return home === undefined ? undefined : join(home, '.cache', 'mogplex')
}

function own(what: 'homedir' | 'username'): () => string {
  return () => userInfo()[what]
}

/** The system may not know the user. */
function attempt(read: () => string): string[] {
  try {
    return [read()]
  } catch {
    return []
  }
}
