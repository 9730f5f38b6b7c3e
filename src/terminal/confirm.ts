import {createInterface} from 'node:readline/promises'

export interface ConfirmTerminal {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly signal: AbortSignal
}

/** Asks a question on standard error. Only `y` and `yes` mean yes. */
export async function confirm(
  question: string,
  {stdin, stderr, signal}: ConfirmTerminal,
): Promise<boolean> {
  const lines = createInterface({input: stdin, output: stderr})
  // Ctrl+C is a key here, and the end of input is a no.
  const over = new AbortController()
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  lines.once('close', () => over.abort())
  try {
    const answer = await lines.question(`${question} (y/N) `, {
      signal: AbortSignal.any([signal, over.signal]),
    })
    return /^\s*y(es)?\s*$/i.test(answer)
  } catch (error) {
    signal.throwIfAborted()
    if (over.signal.aborted) return false
    throw error
  } finally {
    lines.close()
  }
}
