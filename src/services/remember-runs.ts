import type {RunSource} from '../domain/run/run-source.js'
import type {Run} from '../domain/run/run.js'

/**
 * Remembers runs when they are followed, but only after the service has answered, so that ids of
 * nonexistent runs are not remembered.
 *
 * @param remember - never rejects
 */
export function rememberedRuns(
  source: RunSource,
  remember: (runId: string, run: Run) => Promise<void>,
): RunSource {
  return {
    ...source,
    async *follow(runId, signal, options) {
      let isRemembered = false
      for await (const update of source.follow(runId, signal, options)) {
        if (update.type === 'run' && !isRemembered) {
          isRemembered = true
          await remember(runId, update.run)
        }
        yield update
      }
    },
  }
}
