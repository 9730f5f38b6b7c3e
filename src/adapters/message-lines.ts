import {once} from 'node:events'
import type {Readable, Writable} from 'node:stream'
import {StringDecoder} from 'node:string_decoder'

/** A line without its end, or a marker for a line that exceeds the limit. */
export type MessageLine = {readonly text: string} | {readonly tooLong: true}

const [LF, MB] = [10, 1024 * 1024]
/** A host may pass a file to a tool. */
const LONGEST_LINE = 32 * MB
/** The number of characters per write. */
const PIECE = 128 * 1024

/**
 * The lines of a stream, until its end or the signal, which is not an error. Nothing is read ahead
 * of the consumer, and nothing is kept of a line that is too long.
 */
export async function* messageLines(
  input: Readable,
  signal: AbortSignal,
  longest = LONGEST_LINE,
): AsyncGenerator<MessageLine, void> {
  let pieces: Uint8Array[] = []
  let [length, isTooLong] = [0, false]
  const take = (piece: Uint8Array): void => {
    length += piece.length
    isTooLong ||= length > longest
    if (isTooLong) pieces = []
    else pieces.push(piece)
  }
  const line = (): MessageLine => {
    const whole = isTooLong ? ({tooLong: true} as const) : {text: textOf(pieces, length)}
    pieces = []
    ;[length, isTooLong] = [0, false]
    return whole
  }
  for await (const chunk of chunksUntil(input, signal)) {
    let begin = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, begin)) {
      take(chunk.subarray(begin, end))
      begin = end + 1
      yield line()
    }
    if (begin < chunk.length) take(chunk.subarray(begin))
  }
  if (length > 0) yield line()
}

/**
 * Writes lines in order, each once the one before it was sent: it waits for a slow reader. When the
 * reader is gone, `isOver` is true and the rest is dropped.
 */
export class LineWriter {
  readonly #output: Writable
  #last: Promise<void> = Promise.resolve()
  #isOver = false
  #onOver = (): void => undefined

  constructor(output: Writable) {
    this.#output = output
    const over = (): void => {
      this.#isOver = true
      this.#onOver()
    }
    output.on('error', over)
    output.on('close', over)
  }

  /** Called when the reader is gone. */
  whenOver(work: () => void): void {
    this.#onOver = work
    if (this.#isOver) work()
  }

  /** Resolves when the next line may be written. Never rejects. */
  async write(text: string): Promise<void> {
    const written = this.#last.then(async () => this.#writeLine(text))
    this.#last = written
    return written
  }

  async #writeLine(text: string): Promise<void> {
    for (const piece of piecesOf(text)) await this.#write(piece)
  }

  async #write(piece: string): Promise<void> {
    if (this.#isOver || this.#output.write(piece)) return
    const waiting = new AbortController()
    const {signal} = waiting
    const ends = ['drain', 'close'].map(async (event) => once(this.#output, event, {signal}))
    try {
      await Promise.race(ends)
    } catch {
      // An error of the output ends it.
    } finally {
      waiting.abort()
      await Promise.allSettled(ends)
    }
  }
}

/** Redaction needs several times the size of a text. */
function* piecesOf(text: string): Generator<string, void> {
  let begin = 0
  do {
    const isCutInTwo = /[\uD800-\uDBFF]/.test(text.charAt(begin + PIECE - 1))
    const end = begin + (isCutInTwo ? PIECE + 1 : PIECE)
    yield `${text.slice(begin, end)}${end < text.length ? '' : '\n'}`
    begin = end
  } while (begin < text.length)
}

async function* chunksUntil(
  input: Readable,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const stop = (): void => void input.destroy()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, {once: true})
  try {
    for await (const chunk of input) {
      if (chunk instanceof Uint8Array) yield chunk
      else if (typeof chunk === 'string') yield Buffer.from(chunk)
    }
  } catch {
    // A closed or broken input counts as its end.
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function textOf(pieces: readonly Uint8Array[], length: number): string {
  const text = new StringDecoder('utf8').end(Buffer.concat(pieces, length))
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
