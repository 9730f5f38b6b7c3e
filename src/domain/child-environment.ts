import type {Environment} from './environment.js'
import {PROVIDERS} from './provider-table.js'

/** The environment for a child process: ours, without any credential. */
export function childEnvironment(env: Environment): Record<string, string> {
  const secret = new Set(PROVIDERS.map(({variable}) => variable))
  const rest: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !secret.has(name)) rest[name] = value
  }
  return rest
}
