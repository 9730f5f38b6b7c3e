import {createInterface} from 'node:readline/promises'
import type {Provider} from '../domain/provider-table.js'

interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly signal: AbortSignal
}

/** Asks whether a provider's variable may pay for prompts. Only `y` and `yes` mean yes. */
export async function confirmPayer(
  {name, variable}: Provider,
  {stdin, stderr, signal}: Terminal,
): Promise<boolean> {
  const lines = createInterface({input: stdin, output: stderr})
  // Ctrl+C is a key here, and the end of input is a no.
  const over = new AbortController()
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  lines.once('close', () => over.abort())
  try {
    const answer = await lines.question(
      `${variable} is set: let it pay for prompts, by ${name}? It is asked once. (y/N) `,
      {signal: AbortSignal.any([signal, over.signal])},
    )
    return /^\s*y(es)?\s*$/i.test(answer)
  } catch (error) {
    signal.throwIfAborted()
    if (over.signal.aborted) return false
    throw error
  } finally {
    lines.close()
  }
}
