import {CancelledError} from '../domain/errors/cancelled.js'
import {widthOf} from './cell-width.js'
import type {KeyEvent} from './keys/sequences.js'
import {isKey, RawTerminal} from './raw-terminal.js'
import {LEAVING, TypedLine} from './typed-line.js'

export interface ConfirmTerminal {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly signal: AbortSignal
}

export const NOT_ANSWERED = 'The question was not answered.'
export const YES_OR_NO = 'Answer y or n.'
const ANSWERS = new Map([
  ...['y', 'yes'].map((word) => [word, true] as const),
  ...['', 'n', 'no'].map((word) => [word, false] as const),
])

/**
 * Asks a question on standard error, repeatedly until the answer is a yes or a no; Enter alone, and
 * the end of the input, mean no. Typed text is shown without any escape sequence.
 *
 * @throws {CancelledError} exit 130, on Ctrl+C, Ctrl+D or Escape; the signal's reason
 */
export async function confirm(
  question: string,
  {stdin, stderr, signal}: ConfirmTerminal,
): Promise<boolean> {
  signal.throwIfAborted()
  const line = new TypedLine()
  let shown = ''
  const echo = (): void => {
    const isLonger = line.text.startsWith(shown)
    const gone = isLonger ? 0 : Math.max(0, widthOf(shown) - widthOf(line.text))
    stderr.write(isLonger ? line.text.slice(shown.length) : '\b \b'.repeat(gone))
    shown = line.text
  }
  const ask = (): void => {
    stderr.write(`${question} (y/N) `)
    shown = ''
    echo()
  }
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): true => {
      keyboard.leave()
      signal.removeEventListener('abort', onAbort)
      stderr.write('\n')
      settle()
      return true
    }
    /** @returns whether that was an answer */
    const take = (event: KeyEvent): boolean => {
      if (isKey(event, ...LEAVING)) return end(() => reject(nothingAnswered()))
      const [answer] = line.take(event)
      const meant = ANSWERS.get(answer?.trim().toLowerCase() ?? 'open')
      if (meant !== undefined) return end(() => resolve(meant))
      if (answer === undefined) echo()
      else {
        stderr.write(`\n${YES_OR_NO}\n`)
        ask()
      }
      return false
    }
    const onAbort = (): void => void end(() => reject(signal.reason as Error))
    const keyboard = new RawTerminal(
      {stdin},
      {
        onKeys: (events) => void events.some(take),
        onEnd: () => void end(() => resolve(false)),
        onAbandon: () => void stderr.write('\n'),
        onContinue: ask,
      },
    )
    signal.addEventListener('abort', onAbort)
    keyboard.enter()
    ask()
  })
}

function nothingAnswered(): CancelledError {
  return new CancelledError(NOT_ANSWERED, 'Run the command again.')
}
