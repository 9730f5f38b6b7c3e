import {createParser, type EventSourceMessage, type EventSourceParser} from 'eventsource-parser'
import {LONGEST_FRAME, MAX_FRAMES, sizeText} from '../../domain/network/answer-limits.js'
import {type ChatAsked, sentence} from '../../domain/chat/chat-refusal.js'
import {type ChatChunk, parseChatChunk} from '../../domain/chat/chat-chunk.js'
import {brokenOff, cutOff, notUnderstood, tooMuch} from '../../domain/chat/chat-trouble.js'
import type {ChatEnd, ChatEvent} from '../../domain/chat/chat.js'

/**
 * Reads the frames of a stream (contract 10): texts, a failure in any of them, and `[DONE]`;
 * anything after it is ignored.
 */
export class FrameReader {
  readonly #asked: ChatAsked
  readonly #parser: EventSourceParser
  readonly #texts: string[] = []
  #count = 0
  #endedInReturn = false
  #failure: Error | undefined
  #done = false
  #isEnding = false
  #said: ChatChunk = {}

  constructor(asked: ChatAsked) {
    this.#asked = asked
    this.#parser = createParser({
      maxBufferSize: LONGEST_FRAME,
      onEvent: (message) => {
        this.#tally()
        this.#take(message)
      },
      onComment: () => this.#tally(),
      onError: ({type}) => {
        this.#tally()
        if (type !== 'max-buffer-size-exceeded') return
        this.#fail(tooMuch(asked, `${sizeText(LONGEST_FRAME)} in one frame`))
      },
    })
  }

  /** The server sent its end marker. */
  get isDone(): boolean {
    return this.#done
  }

  /** The model reported its end. */
  get isWhole(): boolean {
    return this.#done || (this.#failure === undefined && this.#said.finish !== undefined)
  }

  get end(): ChatEnd {
    const {model, finish, usage} = this.#said
    return {model, finish, usage}
  }

  /** @throws {MogplexError} for a failure that the server reported, after the texts before it */
  *read(text: string): Generator<ChatEvent, void> {
    if (!this.#done) this.#parser.feed(this.#withLineFeeds(text))
    for (const piece of this.#texts.splice(0)) yield {type: 'text', text: piece}
    if (this.#failure !== undefined) throw this.#failure
  }

  /** @throws {RemoteError} exit 69, when the server did not send its end marker */
  *finish(): Generator<ChatEvent, void> {
    // The last frame need not end with an empty line, and may be incomplete.
    this.#isEnding = true
    yield* this.read('\n\n')
    if (!this.isWhole) throw cutOff(this.#asked)
  }

  /** Normalises line ends: with others, the parser would search the rest for both at each line. */
  #withLineFeeds(text: string): string {
    const rest = this.#endedInReturn && text.startsWith('\n') ? text.slice(1) : text
    this.#endedInReturn = text.endsWith('\r')
    return rest.replaceAll(/\r\n?/g, '\n')
  }

  /** Very small frames take longer to read than to send. */
  #tally(): void {
    this.#count += 1
    if (this.#count > MAX_FRAMES) this.#fail(tooMuch(this.#asked, `${MAX_FRAMES} frames`))
  }

  #take({event, data}: EventSourceMessage): void {
    const text = data.trim()
    if (this.#done || this.#failure !== undefined || text === '') return
    if (text === '[DONE]') {
      this.#done = true
      return
    }
    const chunk = parseChatChunk(text)
    const error = chunk?.error ?? (event === 'error' ? text : undefined)
    if (error !== undefined) this.#fail(brokenOff(sentence(error), this.#asked))
    else if (chunk !== undefined) this.#add(chunk)
    else if (!this.#isEnding) this.#fail(notUnderstood(this.#asked, 200))
  }

  #add(chunk: ChatChunk): void {
    if (chunk.text !== undefined) this.#texts.push(chunk.text)
    const {model, finish, usage} = {...this.#said, ...chunk}
    this.#said = {
      ...(model !== undefined && {model}),
      ...(finish !== undefined && {finish}),
      ...(usage !== undefined && {usage}),
    }
  }

  #fail(failure: Error): void {
    if (!this.#done) this.#failure ??= failure
  }
}
