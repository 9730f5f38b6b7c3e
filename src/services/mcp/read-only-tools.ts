import {McpAnswerCutError} from '../../domain/errors/mcp.js'
import type {RpcResponse} from '../../domain/mcp/message.js'
import {listToolsText} from '../../domain/mcp/own-answers.js'
import {nextCursorOf, readOnlyNames} from '../../domain/mcp/read-only.js'
import type {ServerConnection} from './server-connection.js'

/** The maximum number of pages of a list. */
const MAX_PAGES = 100

/** The tools that the server marks as read-only, cached until it reports a change. */
export class ReadOnlyTools {
  readonly #send: ServerConnection['send']
  #names: Promise<ReadonlySet<string>> | undefined
  #count = 0

  constructor(send: ServerConnection['send']) {
    this.#send = send
  }

  /** @throws errors of the connection */
  async has(name: string, signal: AbortSignal): Promise<boolean> {
    const known = (this.#names ??= this.#list(signal))
    try {
      return (await known).has(name)
    } catch (error) {
      if (this.#names === known) this.#names = undefined
      throw error
    }
  }

  forget(): void {
    this.#names = undefined
  }

  async #list(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const names = new Set<string>()
    let cursor: string | undefined
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const answer = await this.#page(cursor, signal)
      for (const name of readOnlyNames(answer)) names.add(name)
      cursor = nextCursorOf(answer)
      if (cursor === undefined) break
    }
    return names
  }

  async #page(cursor: string | undefined, signal: AbortSignal): Promise<RpcResponse> {
    const id = `mogplex-tools-${(this.#count += 1)}`
    for await (const message of await this.#send(listToolsText(id, cursor), {signal})) {
      if (message.kind === 'response' && message.id === id) return message
    }
    throw new McpAnswerCutError('tools/list')
  }
}
