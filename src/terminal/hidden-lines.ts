// Reads lines from a person or a program, and shows none of what is typed: a pasted address holds
// a code. No escape sequence is written, so that it is the same at every kind of terminal.
import {createInterface} from 'node:readline'
import {Writable} from 'node:stream'

interface Terminal {
  readonly stdin: NodeJS.ReadStream
  /** Called on Ctrl+C, which a terminal in raw mode sends as a key. */
  readonly onInterrupt: () => void
}

/**
 * From the call on, nothing that is typed is shown: call it before the words that ask for it, since
 * whoever pastes may be a program that is fast. Lines of standard input, until its end or the signal. Then, at once, the terminal is as it was, and
 * standard input keeps the process no longer alive: whoever reads it next is not disturbed.
 */
export function hiddenLines(
  {stdin, onInterrupt}: Terminal,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  if (signal.aborted) return none()
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done()
    },
  })
  const isTerminal = stdin.isTTY
  const lines = createInterface({
    input: stdin,
    ...(isTerminal && {output: nowhere, terminal: true, historySize: 0}),
  })
  lines.on('SIGINT', onInterrupt)
  stdin.on('error', ignore)
  let isOver = false
  const letGo = (): void => {
    if (isOver) return
    isOver = true
    signal.removeEventListener('abort', letGo)
    lines.close()
    stdin.pause()
    if ('unref' in stdin) stdin.unref() // a file has no such thing
    stdin.off('error', ignore)
  }
  signal.addEventListener('abort', letGo)
  return untilOver(lines[Symbol.asyncIterator](), letGo)
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
