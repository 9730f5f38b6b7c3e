import {StringDecoder} from 'node:string_decoder'

/** Takes a text in pieces, and returns what may be written of it. */
export interface Pieces {
  readonly isHolding: boolean
  write(chunk: string): string
  flush(): string
}

type Done = (error?: Error | null) => void

export interface GuardOptions {
  /** Whether a whole write passes unchanged. */
  readonly isShown?: (text: string) => boolean
  /** Runs the work once nothing was written for a moment. @returns a function that cancels it */
  readonly later: (work: () => void) => () => void
  /** Called before each write: text held back for another stream may have to come first. */
  readonly before?: () => void
}

export interface Guard {
  /** Writes the text that is held back. */
  readonly flush: () => void
  /** Removes the guard. */
  readonly release: () => void
}

/**
 * Lets only text through to a stream that has passed `pieces`. Text that is held back is written
 * when nothing more follows for a moment, such as a question that waits for its answer on the same
 * line, and at the end of the process.
 */
export function guardStream(
  stream: NodeJS.WriteStream,
  pieces: Pieces,
  {isShown = () => false, later, before = () => undefined}: GuardOptions,
): Guard {
  const write = stream.write.bind(stream)
  const decoder = new StringDecoder('utf8')
  let stopWaiting = (): void => undefined
  const flush = (): void => {
    stopWaiting()
    const rest = pieces.flush()
    if (rest !== '') write(rest)
  }
  const textOf = (chunk: unknown, encoding: unknown): string => {
    if (chunk instanceof Uint8Array) return decoder.write(Buffer.from(chunk))
    const text = String(chunk)
    const isEncoded = typeof encoding === 'string' && Buffer.isEncoding(encoding)
    return isEncoded ? Buffer.from(text, encoding).toString() : text
  }
  const guarded = (chunk: unknown, second?: unknown, third?: unknown): boolean => {
    const done = [second, third].find((item): item is Done => typeof item === 'function')
    const text = textOf(chunk, second)
    before()
    const asItIs = isShown(text)
    if (asItIs) flush()
    const ready = asItIs ? text : pieces.write(text)
    stopWaiting()
    if (pieces.isHolding) stopWaiting = later(flush)
    if (ready !== '') return write(ready, done)
    if (done !== undefined) process.nextTick(done)
    return true
  }
  stream.write = guarded
  process.once('exit', flush)
  const release = (): void => {
    flush()
    process.off('exit', flush)
    Reflect.deleteProperty(stream, 'write')
  }
  return {flush, release}
}
