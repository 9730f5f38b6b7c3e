import {closeSync, readdirSync, readSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {StringDecoder} from 'node:string_decoder'
import {readTrouble} from '../../domain/files/read-trouble.js'
import {isOwnFolder, NotOurFileError, type OpenFile, openOwnFile, withOwnFile} from '../own-file.js'

const CHUNK_BYTES = 256 * 1024
/** The size limit of a log. */
const MAX_BYTES = 128 * 1024 * 1024
/** The maximum length of a line; longer ones come in pieces, in UTF-16 units. */
const MAX_LINE = 1024 * 1024
/** The overlap of two pieces, so that no text is cut in both. */
const OVERLAP = 64 * 1024
const EDGE_BYTES = 64 * 1024

/** A line of a file, without its end, or a piece of a very long one. */
export interface LinePiece {
  /** Starts at 1. */
  readonly line: number
  readonly text: string
  /** How many UTF-16 units of it came before; 0 for the start of a line. */
  readonly toldBefore: number
  readonly isWhole: boolean
}

/** Our files at the top of a home, which may also belong to another program. */
const OURS = /^(?:history\.jsonl|attached-runs\.json|model-choices\.json|auth\.json\..+)$/
const FOLDERS = ['hosted', 'logs']

/**
 * The files in our home, by relative path: all except `auth.json`, including foreign ones in our
 * folders; no links.
 */
export function filesOfHome(home: string): {name: string; path: string}[] {
  const folders = FOLDERS.filter((folder) => isOwnFolder(join(home, folder))) // and not a link
  return [
    ...namesIn(home).filter((name) => OURS.test(name)),
    ...folders.flatMap((folder) => namesIn(join(home, folder)).map((name) => join(folder, name))),
  ].map((name) => ({name, path: join(home, name)}))
}

function namesIn(folder: string): string[] {
  if (statSync(folder, {throwIfNoEntry: false})?.isDirectory() !== true) return []
  return readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map(({name}) => name)
    .sort()
}

/**
 * The lines of a file, of any length; none if it does not exist. The last one need not end.
 *
 * @throws {LocalFileError} exit 1, when it cannot be read, is not one of our files, or exceeds the
 *   limit
 */
export function* linesOf(path: string): Generator<LinePiece, void> {
  let line = 1
  let toldBefore = 0
  let text = ''
  for (const chunk of chunksOf(path)) {
    const [first = '', ...others] = chunk.split('\n')
    text += first
    for (const next of others) {
      yield {line, text, toldBefore, isWhole: toldBefore === 0}
      line += 1
      toldBefore = 0
      text = next
    }
    if (text.length <= MAX_LINE) continue
    yield {line, text, toldBefore, isWhole: false}
    toldBefore = OVERLAP
    text = text.slice(-OVERLAP)
  }
  if (text !== '') yield {line, text, toldBefore, isWhole: toldBefore === 0}
}

/**
 * The first and the last line of a file; empty if it does not exist, or where a line is too long.
 */
export function edgesOf(path: string): {first: string; last: string} {
  const none = {first: '', last: ''}
  try {
    const edges = withOwnFile(path, {}, (file, {size}) => {
      const first = textAt(file, 0, EDGE_BYTES)
      const begin = Math.max(0, size - EDGE_BYTES)
      const lines = textAt(file, begin, EDGE_BYTES).trimEnd().split('\n')
      return {first: first.split('\n')[0] ?? '', last: lines.at(-1) ?? ''}
    })
    return edges ?? none
  } catch (error) {
    if (error instanceof NotOurFileError) return none
    throw readTrouble(path, error)
  }
}

function* chunksOf(path: string): Generator<string, void> {
  const opened = openLog(path)
  if (opened === undefined) return
  const {file} = opened
  try {
    const decoder = new StringDecoder('utf8')
    const buffer = Buffer.alloc(CHUNK_BYTES)
    for (;;) {
      const count = readSync(file, buffer)
      if (count === 0) break
      yield decoder.write(buffer.subarray(0, count))
    }
    yield decoder.end()
  } finally {
    closeSync(file)
  }
}

function openLog(path: string): OpenFile | undefined {
  try {
    return openOwnFile(path, {maxBytes: MAX_BYTES})
  } catch (error) {
    throw readTrouble(path, error)
  }
}

function textAt(file: number, position: number, length: number): string {
  const buffer = Buffer.alloc(length)
  return buffer.toString('utf8', 0, readSync(file, buffer, 0, length, position))
}
