import {CancelledError} from '../../domain/errors/cancelled.js'
import {RunTimeoutError} from '../../domain/errors/run.js'
import type {RunSource} from '../../domain/run/run-source.js'
import type {Run} from '../../domain/run/run.js'
import {listenForRunKeys} from './run-keys.js'
import type {RunView} from './run-view.js'

interface Watch {
  readonly source: RunSource
  readonly runId: string
  readonly view: RunView & {
    setHint?(hint: string | undefined): void
    suspend?(): void
    resume?(): void
  }
  readonly timeoutSeconds: number | undefined
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** The source of keys, when a person watches. */
  readonly stdin: NodeJS.ReadStream | undefined
  /** One Ctrl+C is not enough: there is a person who sees the hint. */
  readonly isPatient: boolean
}

/**
 * Shows a run until it ends, or until nobody watches any more.
 *
 * @returns the ended run; `undefined` when the reader of standard output has closed it
 * @throws {CancelledError} exit 130, when the user detaches; {RunTimeoutError} exit 1; errors of
 *   {@link RunSource.follow}
 */
export async function watchRun(watch: Watch): Promise<Run | undefined> {
  const {source, runId, view, stdout, stderr, timeoutSeconds} = watch
  const over = new AbortController()
  const nobodyReads = new Error('Nobody reads.')
  const onBrokenPipe = (): void => over.abort(nobodyReads)
  const onNobodyToTell = (): void => undefined
  stdout.on('error', onBrokenPipe)
  stderr.on('error', onNobodyToTell)
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(end, timeoutSeconds * 1000)
  function end(): void {
    over.abort(new RunTimeoutError(runId, timeoutSeconds ?? 0))
  }
  const release = listenForRunKeys(watch.stdin, watch.isPatient, {
    detach: () =>
      over.abort(
        new CancelledError(
          'Left the run, which goes on.',
          `Run \`mogplex attach ${runId}\` to follow it again.`,
        ),
      ),
    cancel: async () => cancel(source, runId, over.signal),
    say(text) {
      if (view.setHint !== undefined) view.setHint(text)
      else if (text !== undefined) stderr.write(`${text}\n`)
    },
    suspend: () => view.suspend?.(),
    resume: () => view.resume?.(),
  })
  view.resume?.() // not earlier: an unhandled signal would not restore the terminal
  try {
    return await show(watch, over.signal)
  } catch (error) {
    if (over.signal.reason === nobodyReads) return undefined
    throw error
  } finally {
    clearTimeout(timer)
    view.close()
    release()
    stdout.off('error', onBrokenPipe)
    stderr.off('error', onNobodyToTell)
  }
}

/** @returns the message to show */
async function cancel(source: RunSource, runId: string, signal: AbortSignal): Promise<string> {
  try {
    const {wasOver} = await source.cancel(runId, signal)
    return wasOver ? 'It had ended before.' : 'Asked the run to stop.'
  } catch (error) {
    return `It was not cancelled. ${error instanceof Error ? error.message : ''}`.trim()
  }
}

async function show(
  {source, runId, view, isPatient}: Watch,
  signal: AbortSignal,
): Promise<Run | undefined> {
  let run: Run | undefined
  let repository: string | undefined
  for await (const update of source.follow(runId, signal, {waitsForSignIn: isPatient})) {
    if (update.type === 'run') {
      if (run === undefined && view.namesRepository) {
        repository = await source.repositoryName(update.run, signal)
      }
      run = update.run
    }
    view.show(update, repository)
    signal.throwIfAborted()
  }
  if (run !== undefined) view.end(run)
  return run
}
