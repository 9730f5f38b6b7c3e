import {CancelledError} from '../../domain/errors/cancelled.js'
import {RunTimeoutError} from '../../domain/errors/run.js'
import type {RunSource} from '../../domain/run/run-source.js'
import type {Run} from '../../domain/run/run.js'
import {listenForRunKeys} from './run-keys.js'
import type {RunView} from './run-view.js'

export interface Watch {
  readonly source: RunSource
  readonly runId: string
  readonly view: RunView & {
    setHint?(hint: string | undefined): void
    redraw?(): void
  }
  readonly timeoutSeconds: number | undefined
  readonly stdout: NodeJS.WriteStream
  /** Where keys come from, when a person watches. */
  readonly stdin: NodeJS.ReadStream | undefined
  /** One Ctrl+C is not enough: a person is here who can be told so. */
  readonly isPatient: boolean
  readonly say: (text: string) => void
}

/**
 * Shows a run until it ends, or until nobody watches any more.
 *
 * @returns the run as it ended; `undefined` when the reader of standard output has left
 * @throws {CancelledError} exit 130, when the user detaches; {RunTimeoutError} exit 1; what
 *   {@link RunSource.follow} throws
 */
export async function watchRun(watch: Watch): Promise<Run | undefined> {
  const {source, runId, view, stdout, say} = watch
  const over = new AbortController()
  const detached = new CancelledError(
    'Detached. The run goes on.',
    `Run \`mogplex attach ${runId}\` to look again.`,
  )
  const nobodyReads = new Error('Nobody reads.')
  const onBrokenPipe = (): void => {
    over.abort(nobodyReads)
  }
  stdout.on('error', onBrokenPipe)
  const seconds = watch.timeoutSeconds
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => over.abort(new RunTimeoutError(runId, seconds)), seconds * 1000)
  const release = listenForRunKeys(watch.stdin, watch.isPatient, {
    detach: () => over.abort(detached),
    cancel: () => {
      source.cancel(runId, over.signal).catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error)
        if (!over.signal.aborted) view.setHint?.(text)
      })
    },
    say: (text) => {
      if (view.setHint !== undefined) view.setHint(text)
      else if (text !== undefined) say(text)
    },
    redraw: () => view.redraw?.(),
  })
  try {
    return await show(watch, over.signal)
  } catch (error) {
    if (over.signal.reason === nobodyReads) return undefined
    throw error
  } finally {
    clearTimeout(timer)
    release()
    view.close()
    stdout.off('error', onBrokenPipe)
  }
}

async function show({source, runId, view}: Watch, signal: AbortSignal): Promise<Run | undefined> {
  let run: Run | undefined
  let repository: string | undefined
  for await (const update of source.follow(runId, signal)) {
    if (update.type === 'run') {
      if (run === undefined) repository = await source.repositoryName(update.run, signal)
      run = update.run
    }
    view.show(update, repository)
  }
  if (run !== undefined) view.end(run)
  return run
}
