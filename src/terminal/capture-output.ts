type Take = (text: string) => void
type Done = (error?: Error | null) => void

const takers = new WeakMap<NodeJS.WriteStream, {take: Take | undefined}>()

/**
 * Captures other writes to a terminal, such as a plugin's to standard error, while a part of the
 * screen is redrawn and would overwrite them. The stream keeps its new `write`, which passes
 * everything on when nothing captures it: another wrapper may be around it by then.
 *
 * @param take - called with each text as it was written
 * @returns a function that stops the capture
 */
export function captureOutput(stream: NodeJS.WriteStream, take: Take): () => void {
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
