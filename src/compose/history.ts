import {HistoryFile} from '../adapters/history-file.js'
import {loadRedactor} from '../recording/redaction.js'
import type {SharedServices} from './shared-services.js'

/** The history of the composer; texts that the redactor considers secret are not written to it. */
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
