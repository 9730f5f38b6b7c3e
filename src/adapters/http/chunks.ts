import type {Readable} from 'node:stream'

// Backpressure: the server waits for a slow reader.
const MAX_WAITING = 64

/**
 * The bytes of a stream from now on; to be read once, and leaving the loop destroys the stream.
 * Data before a failure is delivered first: Node's iterator would drop it.
 *
 * @param silenceMs - the longest wait for the next bytes
 * @throws the stream's error; an error with the code `ETIMEDOUT` after a silence
 */
export function chunksOf(stream: Readable, silenceMs: number): AsyncGenerator<Uint8Array, void> {
  const waiting: Uint8Array[] = []
  let over: {readonly error?: unknown} | undefined
  let wake = (): void => undefined
  const end = (how: {readonly error?: unknown}): void => {
    over ??= how
    wake()
  }
  stream.on('data', (chunk: Uint8Array) => {
    waiting.push(chunk)
    if (waiting.length >= MAX_WAITING) stream.pause()
    wake()
  })
  stream.once('end', () => end({}))
  stream.once('close', () => end({error: cut()}))
  stream.on('error', (error: unknown) => end({error}))

  async function* read(): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        const chunk = waiting.shift()
        if (chunk !== undefined) {
          if (stream.isPaused() && waiting.length === 0) stream.resume()
          yield chunk
        } else if (over === undefined) {
          await next()
        } else {
          if ('error' in over) throw over.error
          return
        }
      }
    } finally {
      stream.destroy()
    }
  }

  async function next(): Promise<void> {
    const silence = setTimeout(() => end({error: silent()}), silenceMs)
    await new Promise<void>((resolve) => (wake = resolve))
    clearTimeout(silence)
  }

  return read()
}

function cut(): Error {
  return Object.assign(new Error('The stream was cut.'), {code: 'ECONNRESET'})
}

function silent(): Error {
  return Object.assign(new Error('The server says nothing.'), {code: 'ETIMEDOUT'})
}
