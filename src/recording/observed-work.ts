import type {RunSource, RunUpdate} from '../domain/run/run-source.js'
import type {AccessPorts} from '../services/account-access.js'
import type {AnswerEvent, PromptRequest} from '../services/answer-prompt.js'
import type {SyncOutcome, SyncRequest, SyncSummary} from '../services/sync-hosted-state.js'
import {failureOf} from './observed.js'
import type {Recorder} from './recorder.js'
import {redactMessage} from './redaction.js'

/**
 * Runs that report to the recorder who followed them, and how far; not their contents. A server's
 * text about a temporary failure, or a cancellation, is printed to standard output: without
 * secrets.
 */
export function observedRuns(source: RunSource, recorder: Recorder): RunSource {
  return {
    ...source,
    async *follow(runId, signal, options) {
      await recorder.open()
      recorder.record('attach.started', {run: runId})
      let events = 0
      let status: string | undefined
      try {
        for await (const update of source.follow(runId, signal, options)) {
          if (update.type === 'event') events += 1
          if ('error' in update) await redactMessage(update.error)
          status = statusIn(update) ?? status
          yield update
        }
      } finally {
        recorder.record('attach.ended', {run: runId, status, events})
      }
    },
    async cancel(runId, signal) {
      try {
        const done = await source.cancel(runId, signal)
        recorder.record('run.cancelled', {run: runId, ...done})
        return done
      } catch (error) {
        await redactMessage(error)
        throw error
      }
    },
  }
}

function statusIn(update: RunUpdate): string | undefined {
  return update.type === 'run' ? update.run.status : undefined
}

type Answer = (request: PromptRequest) => AsyncGenerator<AnswerEvent, void>

/** Prompts that report to the recorder the lengths of question and answer, in characters. */
export function observedPrompts<P extends {answer: Answer}>(prompts: P, recorder: Recorder): P {
  return {
    ...prompts,
    async *answer(request) {
      const asked = {characters: request.prompt.length, earlier: request.earlier?.length ?? 0}
      let characters = 0
      let isWhole = false
      try {
        for await (const event of prompts.answer(request)) {
          if (event.type === 'text') characters += event.text.length
          if (event.type === 'end') isWhole = true
          yield event
        }
      } finally {
        recorder.record('prompt.ended', {...asked, answer: {characters, isWhole}})
      }
    },
  }
}

type Sync = (request: SyncRequest) => Promise<SyncSummary>

/** Syncs that report their result to the recorder. */
export function observedSync(sync: Sync, recorder: Recorder): Sync {
  const outcome = (of: SyncOutcome): unknown => ('count' in of ? of.count : failureOf(of.error))
  return async (request) => {
    const summary = await sync(request)
    const {models, mcpServers} = summary
    recorder.record('hosted.synced', {models: outcome(models), mcpServers: outcome(mcpServers)})
    return summary
  }
}

type Refresh = AccessPorts['refresh']

/** Refreshes that report to the recorder why they ran, and their result. */
export function observedRefresh(refresh: Refresh, recorder: Recorder): Refresh {
  return async (login, request) => {
    await recorder.open()
    recorder.record('refresh.started', {rejected: request.rejected})
    try {
      const refreshed = await refresh(login, request)
      const fields =
        refreshed === 'changed'
          ? {changed: true}
          : {
              expiresAt: refreshed.credential.expiresAt,
              unstored: refreshed.unstored && failureOf(refreshed.unstored),
            }
      recorder.record('refresh.completed', fields)
      return refreshed
    } catch (error) {
      recorder.record('refresh.failed', failureOf(error), 'error')
      throw error
    }
  }
}
