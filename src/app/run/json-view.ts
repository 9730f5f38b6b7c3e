import {withoutSecrets} from '../../domain/text/printable.js'
import type {TextOutput, RunView} from './run-view.js'
import {BACK, troubleText, windowText} from './run-text.js'

/**
 * For programs: one object per event, as the service sent it except for secrets, and a last one
 * that says how the run ended, and whether the service had more events than it showed.
 */
export function jsonView(log: (object: unknown) => void, stderr: TextOutput): RunView {
  let isInTrouble = false
  let truncated = false
  return {
    namesRepository: false,
    show(update) {
      if (update.type === 'event') {
        const {id, type, toolName, message, payload, createdAt} = update.event
        log(withoutSecrets({id, type, toolName, message, payload, createdAt}))
      } else if (update.type === 'window') {
        truncated = true
        stderr.write(`${windowText(update.shown)}\n`)
      } else if (update.type === 'trouble') {
        if (!isInTrouble) stderr.write(`${troubleText(update.error, update.retryMs)}\n`)
        isInTrouble = true
      } else if (update.type === 'back') {
        stderr.write(`${BACK}\n`)
        isInTrouble = false
      }
    },
    end({runId, status, error}) {
      log({runId, status, error, truncated})
    },
    close() {},
  }
}
