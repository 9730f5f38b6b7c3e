import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'

/** The environment in which a Node process loads a file of this folder first. */
export function preload(file: string): {NODE_OPTIONS: string} {
  return {NODE_OPTIONS: `--require ${JSON.stringify(join(projectRoot, 'test', 'support', file))}`}
}

/** The same, with these time limits of the process shortened to a fifth. */
export function quickLimits(...milliseconds: number[]): Record<string, string> {
  return {...preload('quick-limits.cjs'), MOGPLEX_TEST_QUICK_LIMITS: milliseconds.join()}
}

/**
 * The same for a process that waits a tenth of the time: its behaviour after a wait of five seconds
 * is the same as after half a second. Not for a process that waits for another one.
 */
export const shorterWaits = preload('shorter-waits.cjs')
