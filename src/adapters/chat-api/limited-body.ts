import {sizeText, type StreamLimits} from '../../domain/network/answer-limits.js'
import type {ChatAsked} from '../../domain/chat/chat-refusal.js'
import {tooMuch, tooSlow} from '../../domain/chat/chat-trouble.js'
import type {HttpStreamAnswer} from '../../domain/network/http.js'

/** The time, in milliseconds since any fixed point. */
export type Stopwatch = () => number

/**
 * The bytes of an answer within its limits. Only the time that the server keeps us waiting counts,
 * and it is checked when data arrives: a server that sends nothing at all hits the stream's limit
 * of silence.
 */
export class LimitedBody {
  readonly #asked: ChatAsked
  readonly #limits: StreamLimits
  readonly #now: Stopwatch
  #bytes = 0
  #waitedMs = 0
  #textlessMs = 0
  #maxTextlessMs: number

  constructor(asked: ChatAsked, limits: StreamLimits, now: Stopwatch) {
    this.#asked = asked
    this.#limits = limits
    this.#maxTextlessMs = limits.textlessMs
    this.#now = now
  }

  /** @throws {AnswerTooLargeError} exit 69, once a limit is exceeded */
  async *chunks({body}: HttpStreamAnswer): AsyncGenerator<Uint8Array, void> {
    let since = this.#now()
    for await (const chunk of body) {
      this.#add(chunk.byteLength, this.#now() - since)
      yield chunk
      since = this.#now()
    }
  }

  /** Content has arrived. */
  sawText(): void {
    this.#textlessMs = 0
  }

  /** All content has arrived. */
  expectEnd(): void {
    if (this.#maxTextlessMs !== this.#limits.endMs) this.#textlessMs = 0
    this.#maxTextlessMs = this.#limits.endMs
  }

  #add(bytes: number, waitedMs: number): void {
    this.#bytes += bytes
    this.#waitedMs += waitedMs
    this.#textlessMs += waitedMs
    const {bytes: most, waitMs} = this.#limits
    const textlessMs = this.#maxTextlessMs
    if (this.#bytes > most) throw tooMuch(this.#asked, sizeText(most))
    if (this.#waitedMs > waitMs) {
      throw tooSlow(this.#asked, `has not ended its answer after ${waitMs / 1000} s`)
    }
    if (this.#textlessMs > textlessMs) {
      throw tooSlow(this.#asked, `has sent nothing to read for ${textlessMs / 1000} s`)
    }
  }
}
