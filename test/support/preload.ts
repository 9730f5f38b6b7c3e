import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'

/** The environment in which a process of Node loads a file of this folder before all others. */
export function preload(file: string): {NODE_OPTIONS: string} {
  return {NODE_OPTIONS: `--require ${JSON.stringify(join(projectRoot, 'test', 'support', file))}`}
}

/** The same, so that these time limits of the process end after a fifth of the time. */
export function quickLimits(...milliseconds: number[]): Record<string, string> {
  return {...preload('quick-limits.cjs'), MOGPLEX_TEST_QUICK_LIMITS: milliseconds.join()}
}

/**
 * The same for a process that waits a tenth of the time: what it does when it has waited for five
 * seconds is the same after half of one. Not for a process that has to wait for another one.
 */
export const shorterWaits = preload('shorter-waits.cjs')
