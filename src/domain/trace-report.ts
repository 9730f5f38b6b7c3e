import type {SourceReport} from '@mogplex/plugin-kit/session'
import type {Purpose, SourceState, TraceEntry} from './precedence.js'
import {remedyFor} from './remedies.js'

/** One source that was looked at, as `whoami --explain --json` prints it. */
export interface TraceReport {
  readonly source: SourceReport
  readonly provider: string
  readonly for: Purpose
  readonly state: SourceState
  readonly by?: string
  readonly remedy?: string
}

/** The trace without credentials, with the command that changes each outcome. */
export function traceReport(trace: readonly TraceEntry[]): TraceReport[] {
  return trace.map((entry) => {
    const {source, provider, state, by} = entry
    const remedy = remedyFor(entry)
    return {
      ...{source, provider, for: entry.for, state},
      ...(by !== undefined && {by}),
      ...(remedy !== undefined && {remedy}),
    }
  })
}
