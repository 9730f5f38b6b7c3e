// Reads lines from a person or a program, and shows none of what is typed: a pasted address holds
// a code. No escape sequence is written, so that it is the same at every kind of terminal.
import {createInterface} from 'node:readline'
import {PassThrough} from 'node:stream'
import {isKey, RawTerminal} from './raw-terminal.js'
import {LEAVING, TypedLine} from './typed-line.js'

interface Terminal {
  readonly stdin: NodeJS.ReadStream
  /** Called on Ctrl+C, Ctrl+D and Escape, which a terminal in raw mode sends as keys. */
  readonly onInterrupt: () => void
  /** The process goes on after Ctrl+Z: asks once more for what is typed. */
  readonly onContinue?: (() => void) | undefined
  /** See {@link RawTerminal}. */
  readonly isInForeground?: (() => boolean) | undefined
}

// A paste of two lines arrives at once: the second one tells that the first is not all.
const PASTE_MS = 100

/**
 * From the call on, nothing that is typed is shown: call it before the words that ask for it, since
 * whoever pastes may be a program that is fast. Lines of standard input, until its end or the
 * signal. Then, at once, the terminal is as it was, and standard input keeps the process no longer
 * alive: whoever reads it next is not disturbed.
 */
export function hiddenLines(terminal: Terminal, signal: AbortSignal): AsyncGenerator<string, void> {
  if (signal.aborted) return none()
  const {stdin} = terminal
  const typed = stdin.isTTY ? typedLines(terminal) : undefined
  const lines = createInterface({input: typed?.lines ?? stdin})
  if (typed === undefined) stdin.on('error', ignore)
  let isOver = false
  const letGo = (): void => {
    if (isOver) return
    isOver = true
    signal.removeEventListener('abort', letGo)
    lines.close()
    if (typed !== undefined) {
      typed.letGo()
      return
    }
    stdin.pause()
    if ('unref' in stdin) stdin.unref() // a file has no such thing
    stdin.off('error', ignore)
  }
  signal.addEventListener('abort', letGo)
  return untilOver(lines[Symbol.asyncIterator](), letGo)
}

/**
 * One line that a person types or pastes, without an echo, and what came in the same paste behind
 * it; at the end of the terminal, or of the signal, what there is.
 *
 * @param ask - asks for it, once nothing that is typed is shown any more
 */
export async function hiddenEntry(
  {ask, ...terminal}: Terminal & {readonly ask: () => void},
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted()
  const {lines, letGo} = typedLines({...terminal, onContinue: ask})
  ask()
  let text = ''
  lines.setEncoding('utf8')
  lines.on('data', (piece: string) => {
    if (text === '') setTimeout(end, PASTE_MS)
    text += piece
  })
  signal.addEventListener('abort', end)
  function end(): void {
    letGo()
  }
  await new Promise((resolve) => lines.once('end', resolve))
  signal.removeEventListener('abort', end)
  return text.replace(/\n$/, '')
}

/** What is typed, a line at a time; in the end what is left of one. */
function typedLines({stdin, onInterrupt, onContinue, isInForeground}: Terminal): {
  readonly lines: PassThrough
  readonly letGo: () => void
} {
  const lines = new PassThrough()
  const line = new TypedLine()
  const letGo = (): void => {
    keyboard.leave()
    if (!lines.writableEnded) lines.end(line.text)
  }
  const keyboard = new RawTerminal(
    {stdin, isInForeground},
    {
      onKeys(events) {
        for (const event of events) {
          if (isKey(event, ...LEAVING)) onInterrupt()
          else for (const whole of line.take(event)) lines.write(`${whole}\n`)
        }
      },
      onEnd: letGo,
      ...(onContinue !== undefined && {onContinue}),
    },
  )
  keyboard.enter()
  return {lines, letGo}
}

async function* untilOver(
  lines: AsyncIterableIterator<string>,
  letGo: () => void,
): AsyncGenerator<string, void> {
  try {
    yield* lines
  } catch {
    // A closed or broken standard input is the end of this route, no more.
  } finally {
    letGo()
  }
}

async function* none(): AsyncGenerator<string, void> {
  // Nothing is read.
}

function ignore(): void {
  // Nothing to do.
}
