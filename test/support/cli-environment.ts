import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {homeVariables} from './home-variables.js'

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

/** A program and its first arguments. */
export type Command = readonly [program: string, ...args: string[]]

/** The Node that runs the built CLI: that of the tests, unless another one is selected. */
const nodeOfCli = process.env.NODE_UNDER_TEST ?? process.execPath

/** The built CLI without options. */
export const plainCli: Command = [nodeOfCli, join(projectRoot, 'bin', 'run.js')]

/** The built CLI, as a user runs it: with the code cache of earlier runs. */
export const builtCli: Command = [
  nodeOfCli,
  '--require',
  join(projectRoot, 'test', 'support', 'own-cache.cjs'),
  join(projectRoot, 'bin', 'run.js'),
]

/** A command as part of a shell command line, wherever the checkout is. */
export function shellWords(command: readonly string[]): string {
  return command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')
}

/** How a process ended; by its exit code or by a signal, the other one is undefined. */
export interface Exit {
  code: number | undefined
  signal: NodeJS.Signals | undefined
}

/**
 * A minimal environment: a stray variable of this machine would outrank the login under test.
 */
export function cliEnvironment(
  home: string,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    ...homeVariables(home),
    MOGPLEX_CACHE: 'off', // it is in the home of the user who runs the tests
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    ...env,
  }
}
