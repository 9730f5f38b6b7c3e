import {fstatSync, writeSync} from 'node:fs'

type Output = NodeJS.WriteStream & {fd: 1 | 2}
type Done = (error?: Error | null) => void
type Listening = (...args: unknown[]) => unknown

const MEMORY_DEVICES = 1 // the major number of /dev/null
/** What is known about the stream before it is created. */
const KNOWN = new Map<PropertyKey, unknown>([
  ['isTTY', undefined],
  ['columns', undefined],
  ['rows', undefined],
  ['errored', null],
  ['writableLength', 0],
])
const LISTENING = new Set<PropertyKey>(['on', 'once', 'off', 'removeListener'])

/**
 * Replaces `process.stdout` and `process.stderr` by an object that writes to a file, a pipe or a
 * socket synchronously, as the stream does there, too; the stream itself is created when any other
 * member is used, or for other kinds of writes. Creating one takes a fifth of `whoami`. Not on
 * Windows, where writes to pipes are asynchronous.
 *
 * @returns whether no stream has been created since: then all written output has arrived
 */
export function putPlainOutput(target: NodeJS.Process): () => boolean {
  if (target.platform === 'win32') return () => false
  const outputs = [put(target, 'stdout', 1), put(target, 'stderr', 2)]
  return () => outputs.every((isPlain) => isPlain())
}

function put(target: NodeJS.Process, name: 'stderr' | 'stdout', descriptor: 1 | 2): () => boolean {
  const make = Object.getOwnPropertyDescriptor(target, name)?.get?.bind(target) as
    (() => Output) | undefined
  if (make === undefined || !isFileOrPipe(descriptor)) return () => false
  const get = plainOutput(make, (bytes, at) => writeSync(descriptor, bytes, at))
  Object.defineProperty(target, name, {configurable: true, enumerable: true, get})
  const plain = get()
  return () => get() === plain
}

/**
 * @param make - creates the stream
 * @param writeNow - writes the bytes from an index on, and returns how many were written
 * @returns a function that returns the stream, or its replacement
 */
export function plainOutput(
  make: () => Output,
  writeNow: (bytes: Uint8Array, at: number) => number,
): () => Output {
  let stream: Output | undefined
  let writeToStream: Output['write'] | undefined // the original method
  let replaced: Output['write'] | undefined // set by a guard
  const listening: {readonly method: PropertyKey; readonly args: unknown[]}[] = []

  const made = (): Output => {
    if (stream !== undefined) return stream
    stream = make()
    writeToStream = stream.write.bind(stream)
    if (replaced !== undefined) stream.write = replaced
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
    // The stream handles a closed reader, a full disk, and a full pipe.
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
    if (name === 'write' && stream === undefined) return replaced ?? write
    if (stream === undefined && KNOWN.has(name)) return KNOWN.get(name)
    if (stream === undefined && LISTENING.has(name)) return listenLater(name)
    const value: unknown = Reflect.get(made(), name)
    return typeof value === 'function' ? (value as Listening).bind(made()) : value
  }
  const plain = new Proxy<object>(
    {},
    {
      get,
      set(_target, name, value: Output['write']) {
        if (name !== 'write' || stream !== undefined) return Reflect.set(made(), name, value)
        replaced = value
        return true
      },
      deleteProperty(_target, name) {
        if (name === 'write') replaced = undefined
        return stream === undefined || Reflect.deleteProperty(stream, name)
      },
      has: (_target, name) => Reflect.has(made(), name),
      getPrototypeOf: () => Reflect.getPrototypeOf(made()),
    },
  ) as Output
  return () => stream ?? plain
}

/** @returns the part that could not be written */
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
