import {asRecord, parseJson} from '../../domain/text/json.js'
import {withEscapes} from '../../domain/text/printable.js'
import type {ShownLog} from '../../services/read-logs.js'
import type {DisplayOptions} from '../identity-text.js'
import {shortPath} from '../names.js'
import {recordText} from './record-text.js'

/**
 * The lines of a log, for people or for programs.
 *
 * @param display - `undefined` for programs: what is not a record is left out
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

/** As it stands in the file; what cannot be seen in it is escaped. */
function* recordLine(line: string | undefined): Generator<string, void> {
  const record = asRecord(parseJson(line ?? ''))
  if (record !== undefined) yield withEscapes(JSON.stringify(record))
}
