import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {TimedOutError} from '../domain/errors/remote.js'

/** The flag `--timeout SECONDS`, as each command has it; what it bounds, the command describes. */
export const TIMEOUT_FLAG = {min: 1, max: 604_800, helpValue: 'SECONDS'} as const

/** How long a command may take as a whole, and what ends it then. */
export interface TimeLimit {
  readonly seconds: number
  readonly reason: MogplexError
}

/**
 * @param what - what is not done by then, at the beginning of a sentence
 * @param seconds - as `--timeout` gives it; `undefined`: no limit
 */
export function timeLimit(what: string, seconds: number | undefined): TimeLimit | undefined {
  return seconds === undefined ? undefined : {seconds, reason: new TimedOutError(what, seconds)}
}
