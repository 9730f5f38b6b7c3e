// Reads an API key: from a terminal without echo, otherwise all of standard input. Validation is
// done elsewhere (domain/login/api-key-input.ts); here nothing is changed and nothing echoed.
import {LoginFailedError} from '../../domain/errors/authentication.js'
import {hiddenEntry} from '../../terminal/hidden-lines.js'

interface Input {
  readonly stdin: NodeJS.ReadStream
  /** Prints the question; called once the echo is off. */
  readonly ask: () => void
  /** Called on Ctrl+C at a terminal. */
  readonly onInterrupt: () => void
  readonly signal: AbortSignal
}

// A key is short; a longer text is not one, and is not read to its end.
const MAX_BYTES = 64 * 1024

/**
 * The typed line, or all of standard input.
 *
 * @throws {LoginFailedError} exit 64, when nothing comes in time; the signal's reason
 */
export async function readKeyText(
  input: Input & {readonly timeoutSeconds: number},
): Promise<string> {
  input.signal.throwIfAborted()
  const tooLate = new AbortController()
  const timer = setTimeout(() => {
    tooLate.abort(
      new LoginFailedError(
        `No key was entered within ${input.timeoutSeconds} s.`,
        'Write it to standard input, then close it.',
        'LOGIN_TIMED_OUT',
      ),
    )
  }, input.timeoutSeconds * 1000)
  const bounded = {...input, signal: AbortSignal.any([input.signal, tooLate.signal])}
  try {
    if (!input.stdin.isTTY) return await keyFromPipe(bounded)
    const typed = await hiddenEntry(bounded, bounded.signal)
    bounded.signal.throwIfAborted()
    return typed
  } finally {
    clearTimeout(timer)
  }
}

/** All of standard input. */
async function keyFromPipe({stdin, signal}: Pick<Input, 'signal' | 'stdin'>): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  const stop = (): void => {
    stdin.destroy()
  }
  signal.addEventListener('abort', stop, {once: true})
  try {
    for await (const chunk of stdin) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
      chunks.push(part)
      bytes += part.length
      if (bytes > MAX_BYTES) break
    }
  } catch {
    // A closed standard input counts as empty.
  } finally {
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  return textOf(Buffer.concat(chunks))
}

/** PowerShell and editors on Windows also write UTF-16, marked by a byte order mark. */
function textOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = {fffe: 'utf-16le', feff: 'utf-16be'}[mark] ?? 'utf-8'
  return new TextDecoder(encoding, {ignoreBOM: true}).decode(bytes)
}
