import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'

/**
 * The environment of a process that waits a tenth of the time: what it does when it has waited for
 * five seconds is the same after half of one. Not for a process that has to wait for another one.
 */
export const shorterWaits: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--require ${join(projectRoot, 'test', 'support', 'shorter-waits.cjs')}`,
}
