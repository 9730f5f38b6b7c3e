import {HistoryFile} from '../adapters/history-file.js'
import {bearerOf} from '../domain/credential.js'
import type {World} from './world.js'

/** What was entered in the composer; no credential that is known now gets into it. */
export function composeHistory({home, clock, session, loadWriter}: World): HistoryFile {
  const isSecret = (text: string): boolean =>
    (session.tryResolution()?.trace ?? []).some(
      ({credential}) => credential !== undefined && text.includes(bearerOf(credential).reveal()),
    )
  return new HistoryFile({home, clock, isSecret, loadWriter})
}
