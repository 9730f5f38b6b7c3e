import {paint} from '@mogplex/plugin-kit'
import type {Started} from '../services/start-run.js'
import {runText, type RunDisplayOptions} from './run-text.js'

/** The started run, with its key. */
export function startedText({run, key, isReplayed}: Started, display: RunDisplayOptions): string {
  const color = {color: display.color}
  const first = isReplayed
    ? 'It was started before with this key, so no second run was started.'
    : paint('Started.', 'good', color)
  return `${first}\n${runText(run, {...display, key})}`
}

/**
 * The message about the key before anything is sent: after a kill, the start can be resumed with
 * it.
 *
 * @returns `undefined` where it is not needed: it is the user's own, or part of the result
 */
export function keyText(
  key: string,
  {isRepeated, isNoted}: {readonly isRepeated: boolean; readonly isNoted: boolean},
  {isOwn, isTerminal}: {readonly isOwn: boolean; readonly isTerminal: boolean},
): string | undefined {
  if (isRepeated) {
    return `This was tried before, and the answer was lost: it is sent again with the same key, ${key}. Another --idempotency-key starts another run.`
  }
  if (isOwn || (isTerminal && isNoted)) return undefined
  return `Idempotency key: ${key}`
}
