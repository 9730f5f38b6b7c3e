import type {RunSource} from '../domain/run/run-source.js'
import type {Run} from '../domain/run/run.js'

/**
 * Runs that are remembered when they are followed: not before the service has told of them, so that
 * an id of no run is none that is remembered.
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
