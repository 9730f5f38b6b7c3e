import {nearestName} from '../editor/slash.js'
import {unsetting} from '../platform/shell.js'
import {BadSettingError} from '../errors/usage.js'
import {type Environment, valueOf} from '../settings/environment.js'
import {type Settings, readSettings} from '../settings/settings.js'
import {type Finding, troubleFinding, wrong} from './finding.js'

const ID = 'variables'

/** The variables that are read; docs/environment.md describes each of them. */
export const VARIABLES = [
  'MOGPLEX_API_KEY',
  'MOGPLEX_ATTACH_RUN_ID',
  'MOGPLEX_CACHE',
  'MOGPLEX_CALLBACK_PORTS',
  'MOGPLEX_CLIENT_ID',
  'MOGPLEX_CONTENT_TYPE',
  'MOGPLEX_DATA_DIR', // oclif reads it
  'MOGPLEX_DEV',
  'MOGPLEX_HOME',
  'MOGPLEX_ISSUER',
  'MOGPLEX_LOG_LEVEL',
  'MOGPLEX_NPM_LOG_LEVEL',
  'MOGPLEX_NPM_REGISTRY',
  'MOGPLEX_PAYER',
  'MOGPLEX_PLUGINS',
  'MOGPLEX_PROFILE',
  'MOGPLEX_SCOPES',
  'MOGPLEX_URL',
]
/** Variables of other programs and of examples that look like ours. */
const MEANT: Readonly<Record<string, string>> = {
  MOGPLEX_API_TOKEN: 'MOGPLEX_API_KEY',
  MOGPLEX_BASE_URL: 'MOGPLEX_URL',
  MOGPLEX_KEY: 'MOGPLEX_API_KEY',
  MOGPLEX_TOKEN: 'MOGPLEX_API_KEY',
}
const LEVELS = /^(?:debug|error|info|off)$/i

/** What is wrong with the variables that configure the service address and the connection. */
export function variableFindings(env: Environment): Finding[] {
  return [...settingsFlaw(env), ...notRead(env), ...misleading(env)]
}

/** The settings, where they can be read. */
export function settingsOf(env: Environment): Settings | undefined {
  try {
    return readSettings(env)
  } catch {
    return undefined
  }
}

function settingsFlaw(env: Environment): Finding[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (!(error instanceof BadSettingError)) throw error
    const isDev = valueOf(env, 'MOGPLEX_DEV') === '1'
    if (isDev && error.message.includes('plain http to this machine')) {
      const [variable = ''] = error.message.split(' ')
      const what = `NODE_ENV is production, where ${variable} may not be plain http to this machine, whatever MOGPLEX_DEV says`
      return [wrong(ID, what, unsetting('NODE_ENV'))]
    }
    return [troubleFinding(ID, error)]
  }
}

function notRead(env: Environment): Finding[] {
  const names = Object.keys(env).filter((name) => /^MOGPLEX_[A-Z_]{1,40}$/i.test(name))
  return names.sort().flatMap((name) => {
    if (VARIABLES.includes(name) || valueOf(env, name) === undefined) return []
    const meant = MEANT[name.toUpperCase()] ?? nearestName(name.toUpperCase(), VARIABLES)
    if (meant === undefined || valueOf(env, meant) !== undefined) return []
    return [wrong(ID, `${name} is set, and is not read: ${meant} is`, `Set ${meant} instead.`)]
  })
}

function misleading(env: Environment): Finding[] {
  const found: Finding[] = []
  const dev = valueOf(env, 'MOGPLEX_DEV')
  if (dev !== undefined && dev !== '1') {
    found.push(
      wrong(ID, 'MOGPLEX_DEV is set, but only the value 1 counts', 'Set MOGPLEX_DEV to 1.'),
    )
  }
  const level = valueOf(env, 'MOGPLEX_LOG_LEVEL')
  if (level !== undefined && !LEVELS.test(level)) {
    const what = 'MOGPLEX_LOG_LEVEL is not a log level, so info is used'
    found.push(wrong(ID, what, 'Set it to error, info, debug or off.'))
  }
  if (valueOf(env, 'NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    const what =
      'NODE_TLS_REJECT_UNAUTHORIZED is 0: anyone on the network path can read your credentials'
    found.push(wrong(ID, what, unsetting('NODE_TLS_REJECT_UNAUTHORIZED')))
  }
  return found
}
