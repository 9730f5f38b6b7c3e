import {outcomeOf} from '../../domain/run/run.js'
import type {TextOutput, RunView} from './run-view.js'

const BELL = '\u0007'
const LONG_MS = 60_000

/** A view that rings when the run ends, if that was waited for and the run took over a minute. */
export function ringingAtEnd<V extends RunView>(view: V, stdout: TextOutput, now: () => Date): V {
  let startedAt: number | undefined
  return {
    ...view,
    show(update, repository) {
      const isRunning = update.type === 'run' && outcomeOf(update.run) === undefined
      if (isRunning) startedAt ??= now().getTime() - (update.run.ageMs ?? 0)
      view.show(update, repository)
    },
    end(run) {
      view.end(run)
      if (now().getTime() - (startedAt ?? Infinity) > LONG_MS) stdout.write(BELL)
    },
  }
}
