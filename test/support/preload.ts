import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'

/** The environment in which a process of Node loads a file of this folder before all others. */
export function preload(file: string): {NODE_OPTIONS: string} {
  return {NODE_OPTIONS: `--require ${JSON.stringify(join(projectRoot, 'test', 'support', file))}`}
}
