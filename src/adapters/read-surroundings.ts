import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Environment} from '../domain/settings/environment.js'
import {type Surroundings, surroundingsOf} from '../domain/login/surroundings.js'

/**
 * Detects SSH, containers and WSL. What cannot be read counts as absent.
 *
 * @param root - the folder that contains the marker files of containers and of the kernel
 */
export function readSurroundings(env: Environment, root = '/'): Surroundings {
  return surroundingsOf(env, {
    containerFile: ['.dockerenv', 'run/.containerenv'].some((mark) => existsSync(join(root, mark))),
    kernel: kernelBelow(root),
    platform: process.platform,
  })
}

function kernelBelow(root: string): string {
  try {
    return readFileSync(join(root, 'proc/version'), 'utf8')
  } catch {
    return ''
  }
}
