import type {Pause} from '../../adapters/pause.js'
import type {RpcMessage} from '../../domain/mcp/message.js'
import type {Listening} from './server-sessions.js'

const [SHORTEST_MS, LONGEST_MS] = [1000, 60_000]

/**
 * Keeps the stream of unprompted messages open, and reopens it when it was cut, with growing pauses
 * as long as nothing arrives. Ends where the server has no such stream. Never throws.
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
      // It is reopened.
    }
    try {
      await pause(waitMs, signal)
    } catch {
      return
    }
    waitMs = Math.min(LONGEST_MS, waitMs * 2)
  }
}
