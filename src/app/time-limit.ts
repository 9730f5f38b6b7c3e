import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {TimedOutError} from '../domain/errors/remote.js'

/** The flag `--timeout SECONDS`, for all commands; each describes what it limits. */
export const TIMEOUT_FLAG = {min: 1, max: 604_800, helpValue: 'SECONDS'} as const

/** The total time limit of a command, and what it aborts. */
export interface TimeLimit {
  readonly seconds: number
  readonly reason: MogplexError
}

/**
 * @param what - what is not done by then, as the start of a sentence
 * @param seconds - the value of `--timeout`; `undefined`: no limit
 */
export function timeLimit(what: string, seconds: number | undefined): TimeLimit | undefined {
  return seconds === undefined ? undefined : {seconds, reason: new TimedOutError(what, seconds)}
}
