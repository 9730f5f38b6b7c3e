import {fstatSync, writeSync} from 'node:fs'

type Stdout = NodeJS.WriteStream & {fd: 1}
type Done = (error?: Error | null) => void
type Listening = (...args: unknown[]) => unknown

const MEMORY_DEVICES = 1 // the major number of /dev/null
/** What is known of the stream before it is made. */
const KNOWN = new Map<PropertyKey, unknown>([
  ['isTTY', undefined],
  ['columns', undefined],
  ['rows', undefined],
  ['errored', null],
  ['writableLength', 0],
])
const LISTENING = new Set<PropertyKey>(['on', 'once', 'off', 'removeListener'])

/**
 * Puts in the place of `process.stdout` what writes to a file, a pipe or a socket at once, as the
 * stream does there, too; the stream itself is made when anything else is asked of it. To make it
 * takes a fifth of `whoami`. Not on Windows, where pipes are written to later.
 */
export function putPlainStdout(target: NodeJS.Process): void {
  const make = Object.getOwnPropertyDescriptor(target, 'stdout')?.get?.bind(target) as
    (() => Stdout) | undefined
  if (make === undefined || target.platform === 'win32' || !isFileOrPipe(1)) return
  const get = plainStdout(make, (bytes, at) => writeSync(1, bytes, at))
  Object.defineProperty(target, 'stdout', {configurable: true, enumerable: true, get})
}

/**
 * @param make - makes the stream
 * @param writeNow - writes what is there from an index on, and says how many bytes it took
 * @returns what gives the stream, or what stands in its place
 */
export function plainStdout(
  make: () => Stdout,
  writeNow: (bytes: Uint8Array, at: number) => number,
): () => Stdout {
  let stream: Stdout | undefined
  let writeToStream: Stdout['write'] | undefined // as it was made: whoever guards it replaces that
  const listening: {readonly method: PropertyKey; readonly args: unknown[]}[] = []

  const made = (): Stdout => {
    if (stream !== undefined) return stream
    stream = make()
    writeToStream = stream.write.bind(stream)
    for (const {method, args} of listening)
      Reflect.apply(Reflect.get(stream, method) as Listening, stream, args)
    return stream
  }
  const write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | Done,
    done?: Done,
  ): boolean => {
    const coded = typeof encoding === 'string' ? encoding : 'utf8'
    const whenDone = typeof encoding === 'function' ? encoding : done
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, coded) : chunk
    const left = stream === undefined ? leftOf(bytes, writeNow) : bytes
    // The stream knows what to do about a reader who has left, a full disk, or a pipe that is full.
    if (left !== undefined) {
      made()
      return writeToStream?.(left, whenDone) ?? false
    }
    if (whenDone !== undefined) process.nextTick(whenDone)
    return true
  }
  const listenLater =
    (method: PropertyKey) =>
    (...args: unknown[]) => {
      listening.push({method, args})
      return plain
    }
  const get = (_target: object, name: PropertyKey): unknown => {
    if (name === 'write' && stream === undefined) return write
    if (stream === undefined && KNOWN.has(name)) return KNOWN.get(name)
    if (stream === undefined && LISTENING.has(name)) return listenLater(name)
    const value: unknown = Reflect.get(made(), name)
    return typeof value === 'function' ? (value as Listening).bind(made()) : value
  }
  const plain = new Proxy<object>(
    {},
    {
      get,
      set: (_target, name, value) => Reflect.set(made(), name, value),
      has: (_target, name) => Reflect.has(made(), name),
      getPrototypeOf: () => Reflect.getPrototypeOf(made()),
    },
  ) as Stdout
  return () => stream ?? plain
}

/** @returns what could not be written */
function leftOf(
  bytes: Uint8Array,
  writeNow: (bytes: Uint8Array, at: number) => number,
): Uint8Array | undefined {
  let at = 0
  try {
    while (at < bytes.length) at += writeNow(bytes, at)
    return undefined
  } catch {
    return bytes.subarray(at)
  }
}

function isFileOrPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    const isNothing = stats.isCharacterDevice() && stats.rdev >> 8 === MEMORY_DEVICES
    return stats.isFile() || stats.isFIFO() || stats.isSocket() || isNothing
  } catch {
    return false
  }
}
