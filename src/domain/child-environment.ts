import type {Environment} from './environment.js'
import {PROVIDERS} from './provider-table.js'

// oclif reads them when it starts npm.
const FOR_NPM = new Set(['MOGPLEX_NPM_LOG_LEVEL', 'MOGPLEX_NPM_REGISTRY'])

/** The environment for a child process: ours, without any credential. */
export function childEnvironment(env: Environment): Record<string, string> {
  const secret = new Set(PROVIDERS.map(({variable}) => variable))
  const rest: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !secret.has(name)) rest[name] = value
  }
  return rest
}

/** The environment for npm, which runs the install scripts of strangers: nothing of Mogplex is in it. */
export function npmEnvironment(env: Environment): Record<string, string> {
  const rest = Object.entries(childEnvironment(env)).filter(
    ([name]) => !name.toUpperCase().startsWith('MOGPLEX_') || FOR_NPM.has(name),
  )
  return Object.fromEntries(rest)
}
