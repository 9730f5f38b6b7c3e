import {StringDecoder} from 'node:string_decoder'

/** Takes a text in pieces, and gives back what may be written of it. */
export interface Pieces {
  readonly isHolding: boolean
  write(chunk: string): string
  flush(): string
}

type Done = (error?: Error | null) => void

export interface GuardOptions {
  /** Whether a whole write passes as it is. */
  readonly isShown?: (text: string) => boolean
  /** Does the work after a moment in which nothing was written. @returns takes that back */
  readonly later: (work: () => void) => () => void
  /** Before anything is written: what another stream holds back may belong before it. */
  readonly before?: () => void
}

export interface Guard {
  /** Writes what is held back. */
  readonly flush: () => void
  /** Takes the guard away. */
  readonly release: () => void
}

/**
 * Lets nothing through to a stream that has not passed `pieces`. What is held back goes out when
 * nothing more has been written for a moment, such as a question that waits for its answer on the
 * same line, and at the end of the process.
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
