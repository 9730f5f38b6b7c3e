/** One turn of a conversation. */
export interface ChatMessage {
  readonly role: 'assistant' | 'system' | 'user'
  readonly content: string
}

/** A request to a chat-completions API. */
export interface ChatRequest {
  /** `undefined` leaves the choice to the server. */
  readonly model: string | undefined
  /** Oldest first; the last one is the prompt. */
  readonly messages: readonly ChatMessage[]
}

/** The token usage of an answer. */
export interface ChatUsage {
  readonly promptTokens: number
  readonly completionTokens: number
  readonly totalTokens: number
}

/** How an answer ended. */
export interface ChatEnd {
  /** The model that ran, as the server names it, printable. */
  readonly model: string | undefined
  /** `stop`, `length`, `content_filter` and the like; `undefined` where the server did not say. */
  readonly finish: string | undefined
  readonly usage: ChatUsage | undefined
}

/** A piece of an answer, as the server sent it: clean it before it is shown. */
export type ChatEvent =
  (ChatEnd & {readonly type: 'end'}) | {readonly type: 'text'; readonly text: string}
