import {asRecord, parseJson} from '../../domain/text/json.js'
import {withEscapes} from '../../domain/text/printable.js'
import type {ShownLog} from '../../services/read-logs.js'
import type {Showing} from '../identity-text.js'
import {shortPath} from '../names.js'
import {recordText} from './record-text.js'

/**
 * The lines of a log, for people or for programs.
 *
 * @param showing - `undefined` for programs: what is no record is left out
 */
export function* shownLog(
  {path, lines}: Pick<ShownLog, 'lines' | 'path'>,
  showing: Showing | undefined,
): Generator<string, void> {
  if (showing !== undefined) yield showing.palette.faint(shortPath(path, showing.homeFolder))
  for (const line of lines) {
    if (showing === undefined) yield* recordLine(line)
    else if (line === undefined) yield showing.palette.faint('A line that is too long to be shown.')
    else yield recordText(line, showing.palette)
  }
}

/** As it stands in the file; what cannot be seen in it is escaped. */
function* recordLine(line: string | undefined): Generator<string, void> {
  const record = asRecord(parseJson(line ?? ''))
  if (record !== undefined) yield withEscapes(JSON.stringify(record))
}
