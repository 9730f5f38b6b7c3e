import type {MessageLine} from '../../adapters/message-lines.js'
import type {Pause} from '../../adapters/pause.js'
import {parseMessage, type RpcMessage} from '../../domain/mcp/message.js'
import {errorText, RPC_ERRORS} from '../../domain/mcp/own-answers.js'
import {WorkQueue} from './work-queue.js'
import type {Relay} from './relay.js'
import type {ServerConnection} from './server-connection.js'

interface HostPorts {
  /** The host's messages, until its input ends or the signal aborts. */
  readonly lines: AsyncIterable<MessageLine>
  readonly write: (text: string) => Promise<void>
  readonly relay: Pick<Relay, 'answer' | 'cancel' | 'giveUp' | 'pass'>
  readonly connection: Pick<ServerConnection, 'close' | 'look'>
  readonly pause: Pause
}

const REQUESTS = {running: 32, waiting: 256}
/** Messages are written in order. */
const OTHERS = {running: 1, waiting: 256}
/** How often the login is checked: after signing in, a person looks at the host next. */
const LOOK_MS = 1000
/** How long the end waits for pending requests. */
const LAST_ANSWERS_MS = 10_000

/**
 * Serves a host until it closes its end; pending requests are still answered, up to a limit.
 *
 * @param signal - ends it at once
 */
export async function serveHost(ports: HostPorts, signal: AbortSignal): Promise<void> {
  const {lines, write, relay, connection, pause} = ports
  const lanes = {requests: new WorkQueue(REQUESTS), others: new WorkQueue(OTHERS)}
  const ended = new AbortController()
  const watching = watch(ports, ended.signal)
  try {
    for await (const line of lines) {
      if (signal.aborted) break
      if ('text' in line && line.text.trim() === '') continue
      const message = 'text' in line ? parseMessage(line.text) : undefined
      if (message === undefined) await write(unreadable(line))
      else await take(message, relay, lanes)
    }
    if (!signal.aborted) {
      const answered = Promise.all([lanes.requests.idle(), lanes.others.idle()])
      const patience = new AbortController()
      const over = AbortSignal.any([patience.signal, signal])
      await Promise.race([answered, pause(LAST_ANSWERS_MS, over).catch(() => undefined)])
      patience.abort()
    }
  } finally {
    ended.abort()
    relay.giveUp()
    await watching
    await connection.close()
  }
}

async function take(
  message: RpcMessage,
  relay: HostPorts['relay'],
  {requests, others}: {readonly requests: WorkQueue; readonly others: WorkQueue},
): Promise<void> {
  if (message.kind === 'request') {
    await requests.add(async () => relay.answer(message))
    return
  }
  const isCancelling =
    message.kind === 'notification' && message.method === 'notifications/cancelled'
  if (isCancelling) relay.cancel(message)
  await others.add(async () => relay.pass(message))
}

async function watch(
  {connection, pause}: Pick<HostPorts, 'connection' | 'pause'>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await pause(LOOK_MS, signal)
    } catch {
      return
    }
    await connection.look()
  }
}

function unreadable(line: MessageLine): string {
  return 'tooLong' in line
    ? errorText(null, RPC_ERRORS.request, 'The message is too long.')
    : errorText(null, RPC_ERRORS.parse, 'This is not a JSON-RPC 2.0 message on one line.')
}
