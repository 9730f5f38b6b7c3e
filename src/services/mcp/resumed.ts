import type {McpStream} from '../../adapters/mogplex-api/mcp-endpoint.js'
import type {RpcMessage} from '../../domain/mcp/message.js'

interface ResumeOptions {
  /**
   * Opens the rest of a stream after an event; `undefined` where the server does not support it.
   */
  readonly open: (after: string) => Promise<McpStream | undefined>
  readonly pause: (milliseconds: number) => Promise<void>
}

const RETRY_MS = 1000
const LONGEST_RETRY_MS = 30_000
/** The maximum of consecutive attempts without anything new. */
const MAX_TRIES = 5

/**
 * The messages of an answer, also where the server closes its stream so that the client resumes it
 * later, or the network cuts it (Model Context Protocol 2025-11-25, resumability). The request is
 * not sent again.
 *
 * @throws the stream's error, where it cannot be resumed
 */
export async function* resumed(
  first: McpStream,
  {open, pause}: ResumeOptions,
): AsyncGenerator<RpcMessage, void> {
  let stream = first
  let tries = 0
  for (;;) {
    let failure: {readonly error: unknown} | undefined
    const before = stream.position.id
    try {
      for await (const message of stream.messages) {
        tries = 0
        yield message
      }
    } catch (error) {
      failure = {error}
    }
    const {id, retryMs = RETRY_MS} = stream.position
    if (id !== before) tries = 0
    tries += 1
    const next = id === undefined || tries > MAX_TRIES ? undefined : await again(id, retryMs)
    if (next === undefined) {
      if (failure !== undefined) throw failure.error
      return
    }
    stream = next
  }

  async function again(id: string, retryMs: number): Promise<McpStream | undefined> {
    for (let turn = 1; turn <= MAX_TRIES; turn += 1) {
      await pause(Math.min(LONGEST_RETRY_MS, retryMs * turn))
      try {
        return await open(id)
      } catch (error) {
        if (turn === MAX_TRIES) throw error
      }
    }
    return undefined
  }
}
