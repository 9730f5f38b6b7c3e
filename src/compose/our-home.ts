import {homedir} from 'node:os'
import {findHome, type Home} from '../adapters/home.js'
import type {Environment} from '../domain/settings/environment.js'

/** The folder of our files. */
export function ourHome(env: Environment): Home {
  return findHome(env, homeFolder(), process.cwd())
}

/** Empty for a user without a home folder in the system and without HOME. */
function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return ''
  }
}
