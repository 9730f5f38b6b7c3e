import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Environment} from '../domain/settings/environment.js'
import {type Surroundings, surroundingsOf} from '../domain/login/surroundings.js'

/**
 * Looks where we are: over SSH, in a container, in WSL. It takes what it cannot read for absent.
 *
 * @param root - the folder below which the marks of containers and of the kernel are
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
