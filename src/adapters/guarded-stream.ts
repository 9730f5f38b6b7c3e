import {StringDecoder} from 'node:string_decoder'

/** Takes a text in pieces, and gives back what may be written of it. */
export interface Pieces {
  readonly isHolding: boolean
  write(chunk: string): string
  flush(): string
}

type Done = (error?: Error | null) => void

/**
 * Lets nothing through to a stream that has not passed `pieces`. What is held back goes out as soon
 * as nothing more is written in the same turn, and at the end of the process.
 *
 * @param isShown - whether a whole write passes as it is
 * @returns takes the guard away
 */
export function guardStream(
  stream: NodeJS.WriteStream,
  pieces: Pieces,
  isShown: (text: string) => boolean = () => false,
): () => void {
  const write = stream.write.bind(stream)
  const decoder = new StringDecoder('utf8')
  let flushing: NodeJS.Immediate | undefined
  const flush = (): void => {
    flushing = undefined
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
    const asItIs = isShown(text)
    if (asItIs) flush()
    const ready = asItIs ? text : pieces.write(text)
    if (pieces.isHolding) flushing ??= setImmediate(flush)
    if (ready !== '') return write(ready, done)
    if (done !== undefined) process.nextTick(done)
    return true
  }
  stream.write = guarded
  process.once('exit', flush)
  return () => {
    if (flushing !== undefined) clearImmediate(flushing)
    flush()
    process.off('exit', flush)
    Reflect.deleteProperty(stream, 'write')
  }
}
