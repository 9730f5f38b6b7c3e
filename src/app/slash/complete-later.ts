import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Candidate} from '../../domain/editor/completion.js'
import type {AppSlashCommand} from './app-slash-command.js'

const LIMIT_MS = 2000

type Ask = (typed: string, signal: AbortSignal) => Promise<readonly Candidate[]>

/**
 * Completes from a slow source: no candidates at first, and a notification when there are some. The
 * previous request is abandoned. A failure is reported only once.
 */
export function completeLater(ask: Ask): NonNullable<AppSlashCommand['complete']> {
  let last: {typed: string; candidates: readonly Candidate[]; over: AbortController} | undefined
  let isTold = false
  return (typed, {changed, failed}) => {
    if (last?.typed === typed) return last.candidates
    last?.over.abort()
    const own = {typed, candidates: [] as readonly Candidate[], over: new AbortController()}
    last = own
    const signal = AbortSignal.any([own.over.signal, AbortSignal.timeout(LIMIT_MS)])
    ask(typed, signal).then(
      (candidates) => {
        if (signal.aborted || candidates.length === 0) return
        own.candidates = candidates
        changed()
      },
      (error: unknown) => {
        if (signal.aborted || isTold || !(error instanceof MogplexError)) return
        isTold = true
        failed(error)
      },
    )
    return own.candidates
  }
}
