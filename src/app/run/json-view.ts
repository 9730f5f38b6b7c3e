import type {Output, RunView} from './run-view.js'
import {troubleText, windowText} from './run-text.js'

/** For programs: one object an event, as the service gave it, and a last one that says how it ended. */
export function jsonView(log: (object: unknown) => void, stderr: Output): RunView {
  let isInTrouble = false
  return {
    show(update) {
      if (update.type === 'event') {
        const {id, type, toolName, message, payload, createdAt} = update.event
        log({id, type, toolName, message, payload, createdAt: createdAt?.toISOString() ?? null})
      } else if (update.type === 'window') {
        stderr.write(`${windowText(update.shown)}\n`)
      } else if (update.type === 'trouble' && !isInTrouble) {
        isInTrouble = true
        stderr.write(`${troubleText(update.error, update.retryMs)}\n`)
      } else if (update.type === 'back') {
        isInTrouble = false
      }
    },
    end({runId, status, error}) {
      log({runId, status, error})
    },
    close() {},
  }
}
