// Reads lines from a person or a program without echo: a pasted address contains a code. No escape
// sequences are written, so it works the same in every kind of terminal.
import {createInterface} from 'node:readline'
import {PassThrough} from 'node:stream'
import {isKey, RawTerminal} from './raw-terminal.js'
import {LEAVING, TypedLine} from './typed-line.js'

interface Terminal {
  readonly stdin: NodeJS.ReadStream
  /** Called on Ctrl+C, Ctrl+D and Escape, which a terminal in raw mode sends as keys. */
  readonly onInterrupt: () => void
  /** The process continues after Ctrl+Z: prints the question again. */
  readonly onContinue?: (() => void) | undefined
  /** See {@link RawTerminal}. */
  readonly isInForeground?: (() => boolean) | undefined
}

// A paste of two lines arrives at once: the second one shows that the first is incomplete.
const PASTE_MS = 100

/**
 * From the call on, typed text is not echoed: call it before printing the question, since the
 * answer may come from a fast program. Returns lines of standard input, until its end or the
 * signal. Then, at once, the terminal is restored, and standard input no longer keeps the process
 * alive: the next reader is not affected.
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
    if ('unref' in stdin) stdin.unref() // files have no such method
    stdin.off('error', ignore)
  }
  signal.addEventListener('abort', letGo)
  return untilOver(lines[Symbol.asyncIterator](), letGo)
}

/**
 * One line that a person types or pastes, without echo, and the rest of the same paste; at the end
 * of the input, or on the signal, what there is.
 *
 * @param ask - prints the question, once the echo is off
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

/** The typed lines, one at a time; at the end an incomplete one. */
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
    // A closed or broken standard input ends this input, nothing else.
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
