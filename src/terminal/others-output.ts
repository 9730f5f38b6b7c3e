type Take = (text: string) => void
type Done = (error?: Error | null) => void

const takers = new WeakMap<NodeJS.WriteStream, {take: Take | undefined}>()

/**
 * Takes what anybody writes to a terminal, such as a plugin to standard error, where a part of the
 * screen is drawn again and again: it would be drawn over. The stream keeps its new `write`, which
 * passes everything on when nobody takes it: a guard may stand before it by then.
 *
 * @param take - gets it as it was written
 * @returns takes no more of it
 */
export function takeOutput(stream: NodeJS.WriteStream, take: Take): () => void {
  const taken = takers.get(stream) ?? divert(stream)
  taken.take = take
  return () => {
    if (taken.take === take) taken.take = undefined
  }
}

function divert(stream: NodeJS.WriteStream): {take: Take | undefined} {
  const taken: {take: Take | undefined} = {take: undefined}
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean
  stream.write = (...args: unknown[]): boolean => {
    const [chunk] = args
    if (taken.take === undefined) return write(...args)
    taken.take(chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk))
    const done = args.find((arg): arg is Done => typeof arg === 'function')
    if (done !== undefined) process.nextTick(done)
    return true
  }
  takers.set(stream, taken)
  return taken
}
