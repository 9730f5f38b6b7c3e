import {asRecord, parseJson} from '../../domain/text/json.js'
import {withEscapes} from '../../domain/text/printable.js'
import type {ShownLog} from '../../services/read-logs.js'
import type {DisplayOptions} from '../identity-text.js'
import {shortPath} from '../names.js'
import {recordText} from './record-text.js'

const BATCH = 64 * 1024

/**
 * The lines of a log, for people or for programs.
 *
 * @param display - `undefined` for programs: invalid records are left out
 */
export function* shownLog(
  {path, lines}: Pick<ShownLog, 'lines' | 'path'>,
  display: DisplayOptions | undefined,
): Generator<string, void> {
  if (display !== undefined) yield display.palette.faint(shortPath(path, display.homeFolder))
  for (const line of lines) {
    if (display === undefined) yield* recordLine(line)
    else if (line === undefined) yield display.palette.faint('A line that is too long to be shown.')
    else yield recordText(line, display.palette)
  }
}

/** Unchanged from the file, with invisible characters escaped. */
function* recordLine(line: string | undefined): Generator<string, void> {
  const record = asRecord(parseJson(line ?? ''))
  if (record !== undefined) yield withEscapes(JSON.stringify(record))
}

/**
 * Writes lines as fast as their reader takes them.
 *
 * @returns whether all of them were written: the reader may leave in the middle
 */
export async function writeLines(
  stream: NodeJS.WritableStream,
  lines: Iterable<string>,
): Promise<boolean> {
  let batch = ''
  for (const line of lines) {
    batch += `${line}\n`
    if (batch.length < BATCH) continue
    if (!(await written(stream, batch))) return false
    batch = ''
  }
  return batch === '' || written(stream, batch)
}

async function written(stream: NodeJS.WritableStream, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    stream.write(text, (error) => {
      resolve(error === undefined || error === null)
    })
  })
}
