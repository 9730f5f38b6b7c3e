import type {BaseUrlReport, SourceReport} from '@mogplex/plugin-kit/session'
import {baseUrlReport} from './identity.js'
import type {SourceState} from './candidates.js'
import type {Purpose, TraceEntry} from './precedence.js'
import {remedyFor} from './remedies.js'

/** One checked source, as `whoami --explain --json` prints it. */
interface TraceReport {
  readonly source: SourceReport
  readonly provider: string
  readonly for: Purpose
  readonly state: SourceState
  readonly by?: string
  readonly why?: string
  readonly baseUrl?: BaseUrlReport
  readonly remedy?: string
}

/** The trace without credentials, with the command that changes each outcome. */
export function traceReport(trace: readonly TraceEntry[]): TraceReport[] {
  return trace.map((entry) => {
    const {source, provider, state, by, why, baseUrl} = entry
    const remedy = remedyFor(entry)
    return {
      source,
      provider,
      for: entry.for,
      state,
      ...(by !== undefined && {by}),
      ...(why !== undefined && {why}),
      ...(baseUrl !== undefined && {baseUrl: baseUrlReport(baseUrl)}),
      ...(remedy !== undefined && {remedy}),
    }
  })
}
