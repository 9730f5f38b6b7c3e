import type {Environment} from '../../domain/settings/environment.js'
import {CancelledError} from '../../domain/errors/cancelled.js'
import {UsageError} from '../../domain/errors/usage.js'
import type {RunSource} from '../../domain/run/run-source.js'
import {isRunId, outcomeOf} from '../../domain/run/run.js'
import {inApp} from '../in-app.js'
import {isUnicode} from '../../terminal/locale.js'
import {paletteFor, wantsColour} from '../../terminal/palette.js'
import {fit} from '../../terminal/wrap.js'
import {jsonView} from './json-view.js'
import {type LiveView, liveView} from './live-view.js'
import type {RunView, TextOutput} from './run-view.js'
import {textView} from './text-view.js'
import {watchRun} from './watch-run.js'

interface AttachOptions {
  readonly source: RunSource
  readonly runId: string
  readonly timeoutSeconds: number | undefined
  /** Rings the bell when a long run ends, at a terminal. */
  readonly notifies: boolean
  /** For JSON output: receives each object. */
  readonly logJson: ((object: unknown) => void) | undefined
  /** The hint for attaching again is a slash command. */
  readonly isInApp?: boolean
  /** A person is present to answer questions. */
  readonly interactive: boolean
  readonly env: Environment
  readonly argv: readonly string[]
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

const BELL = '\u0007'
const LONG_MS = 60_000

/** The help for keys, below a run that is watched at a terminal. */
export const KEYS_HINT = 'q leaves, c cancels'

/** @throws {UsageError} exit 2 */
export function requireRunId(text: string): string {
  if (isRunId(text)) return text
  throw new UsageError(
    'That is not a run id: an id has only letters, digits, - and _, at most 128.',
    'Give the id as the service shows it.',
  )
}

/**
 * Shows a run until it ends: live at a terminal, line by line elsewhere, or as JSON.
 *
 * @returns the exit code: 0 for `success`, and when the reader of the output has closed it; 130
 *   when the user has left the run
 * @throws errors of {@link watchRun}
 */
export async function attachRun(attach: AttachOptions): Promise<0 | 1 | 130> {
  const {
    env,
    argv,
    interactive,
    logJson,
    isInApp = false,
    notifies,
    stdin,
    stdout,
    stderr,
    ...rest
  } = attach
  const palette = paletteFor(wantsColour(stdout, env, argv))
  const now = (): Date => new Date()
  const isAlive = interactive && stdout.isTTY && env.TERM !== 'dumb'
  const live = (): LiveView => {
    const options = {env, stdout, palette, now, unicode: isUnicode(env), hint: KEYS_HINT}
    return notifies ? ringingAtEnd(liveView(options), stdout, now) : liveView(options)
  }
  const view =
    logJson !== undefined
      ? jsonView(logJson, stderr)
      : isAlive
        ? live()
        : textView({stdout, stderr, palette, now})
  try {
    const run = await watchRun({
      ...rest,
      view,
      stdout,
      stderr,
      isPatient: interactive,
      stdin: isAlive ? stdin : undefined,
    })
    return run === undefined || outcomeOf(run) === 'success' ? 0 : 1
  } catch (error) {
    if (!(error instanceof CancelledError) || logJson !== undefined) throw error
    // Leaving is not an error.
    const remedy = isInApp ? inApp(error.remedy) : error.remedy
    stderr.write(fit(`${error.message}\n${remedy}\n`, stderr))
    return error.exitCode
  }
}

/** A view that rings the bell when the run ends, if it was watched and took over a minute. */
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
