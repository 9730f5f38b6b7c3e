/** A client's request to a model, as far as the canned models use it. */
export interface ChatRequest {
  /** As requested; `undefined` leaves the choice to the server. */
  readonly model: string | undefined
  /** The last message of the user. */
  readonly prompt: string
  /** The number of messages of the user. */
  readonly turns: number
  readonly stream: boolean
}

/**
 * Reads the body of a request (contract section 10): it streams unless `stream` is exactly `false`;
 * tools and everything else are accepted and ignored.
 *
 * @returns one sentence where it is not a valid request
 */
export async function readChatRequest(request: Request): Promise<ChatRequest | string> {
  const body = asObject(await request.json().catch(() => undefined))
  if (!body) return 'Invalid JSON body'
  const {messages, model, stream} = body
  if (!Array.isArray(messages) || messages.length === 0) return 'messages is required'
  const said = messages.map(asObject).filter((message) => message?.role === 'user')
  return {
    model: typeof model === 'string' && model !== '' ? model : undefined,
    prompt: textOf(said.at(-1)?.content),
    turns: said.length,
    stream: stream !== false,
  }
}

/** A text, or a list of parts of which some are text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => asObject(part)?.text)
    .filter((text) => typeof text === 'string')
    .join('')
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? {...value} : undefined
}
