import type {Pause} from '../../adapters/pause.js'
import type {RpcMessage} from '../../domain/mcp/message.js'
import type {Listening} from './server-sessions.js'

const [SHORTEST_MS, LONGEST_MS] = [1000, 60_000]

/**
 * Keeps open what a server says by itself, and opens it again when it was cut, later and later as long
 * as nothing is said. Ends where the server has no such thing. Never throws.
 */
export async function keepListening(
  open: Listening,
  forward: (message: RpcMessage) => Promise<void>,
  pause: Pause,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = SHORTEST_MS
  while (!signal.aborted) {
    try {
      const messages = await open(signal)
      if (messages === undefined) return
      for await (const message of messages) {
        waitMs = SHORTEST_MS
        await forward(message)
      }
    } catch {
      // It is opened again.
    }
    try {
      await pause(waitMs, signal)
    } catch {
      return
    }
    waitMs = Math.min(LONGEST_MS, waitMs * 2)
  }
}
