import {HistoryFile} from '../adapters/history-file.js'
import {loadRedactor} from '../recording/redaction.js'
import type {SharedServices} from './shared-services.js'

/** What was entered in the composer; nothing that the redactor takes for a secret gets into it. */
export function composeHistory({
  home,
  clock,
  loadWriter,
}: Pick<SharedServices, 'clock' | 'home' | 'loadWriter'>): HistoryFile {
  const loadIsSecret = async () => {
    const redactor = await loadRedactor()
    return (text: string): boolean => redactor.find(text).length > 0
  }
  return new HistoryFile({home, clock, loadIsSecret, loadWriter})
}
