import {type HostedAccount, isSameAccount, parseAccount} from '../hosted/hosted-state.js'
import {instantOf} from '../text/instants.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'
import {isRunId} from './run.js'

/** A run that the user attached to, or started. Texts are printable. */
export interface AttachedRun {
  readonly id: string
  /** When that was last. */
  readonly at: Date
  /** The branch it works on; empty where it has none. */
  readonly branch: string
  /** The account that owns the run. */
  readonly account: HostedAccount
}

const MAX_RUNS = 50

/** The runs in a text made by {@link formatAttachedRuns}; invalid ones are skipped. */
export function parseAttachedRuns(text: string): AttachedRun[] {
  const {runs} = asRecord(parseJson(text)) ?? {}
  return Array.isArray(runs) ? runs.flatMap((value) => attachedRun(value) ?? []) : []
}

export function formatAttachedRuns(runs: readonly AttachedRun[]): string {
  return `${JSON.stringify({runs})}\n`
}

/** With one more, newest first; the oldest are dropped where there are too many. */
export function withAttachedRun(runs: readonly AttachedRun[], run: AttachedRun): AttachedRun[] {
  const others = runs.filter(
    ({id, account}) => id !== run.id || !isSameAccount(account, run.account),
  )
  return [run, ...others].slice(0, MAX_RUNS)
}

/** Those of an account. */
export function attachedRunsOf(
  runs: readonly AttachedRun[],
  account: HostedAccount,
): AttachedRun[] {
  return runs.filter((run) => isSameAccount(run.account, account))
}

function attachedRun(value: unknown): AttachedRun | undefined {
  const fields = asRecord(value)
  const id = asText(fields?.id) ?? ''
  const at = instantOf(fields?.at)
  const account = parseAccount(fields?.account)
  if (!isRunId(id) || at === undefined || account === undefined) return undefined
  return {id, at, account, branch: printable(asText(fields?.branch) ?? '', 200)}
}
