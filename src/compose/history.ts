import {HistoryFile} from '../adapters/history-file.js'
import {loadRedactor} from '../recording/redaction.js'
import type {World} from './world.js'

/** What was entered in the composer; nothing that the redactor takes for a secret gets into it. */
export async function composeHistory({
  home,
  clock,
  loadWriter,
}: Pick<World, 'clock' | 'home' | 'loadWriter'>): Promise<HistoryFile> {
  const redactor = await loadRedactor()
  const isSecret = (text: string): boolean => redactor.find(text).length > 0
  return new HistoryFile({home, clock, isSecret, loadWriter})
}
