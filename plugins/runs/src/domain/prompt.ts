import {UsageError} from './errors.js'

/** The service's limit. */
export const MAX_CHARACTERS = 100_000

const HOW =
  'Give it after the command, in quotes: `mogplex run --repo OWNER/NAME "…"`; or by --prompt TEXT, --prompt @FILE, or --prompt - from standard input.'

/** The source of a prompt. */
export type PromptSource =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'file'; readonly path: string}
  | {readonly type: 'stdin'}

/**
 * @param word - the argument of the command
 * @param flag - the value of `--prompt`: a text, `-`, or `@FILE`
 * @throws {UsageError} exit 2, when both or neither are given
 */
export function promptSource(word: string | undefined, flag: string | undefined): PromptSource {
  if (word !== undefined && flag !== undefined) {
    throw new UsageError(
      'The prompt is given twice: as an argument, and by --prompt.',
      'Leave one out.',
    )
  }
  if (word !== undefined) return {type: 'text', text: word}
  if (flag === undefined) throw new UsageError('The prompt is missing.', HOW)
  if (flag === '-') return {type: 'stdin'}
  return flag.startsWith('@') ? {type: 'file', path: flag.slice(1)} : {type: 'text', text: flag}
}

/** @throws {UsageError} exit 2, when it is empty, or too long for the service */
export function checkedPrompt(prompt: string): string {
  if (prompt.trim() === '') throw new UsageError('The prompt is empty.', HOW)
  if (prompt.length <= MAX_CHARACTERS) return prompt
  throw new UsageError(
    `The prompt has ${prompt.length} characters: the service takes ${MAX_CHARACTERS}.`,
    'Shorten it, or put the long part into a file of the repository.',
  )
}
