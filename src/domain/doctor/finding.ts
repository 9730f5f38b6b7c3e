import {TRY_AGAIN} from '../errors/remote.js'

/** `unknown`: it was to be looked at, and could not be. */
export type FindingState = 'fine' | 'unknown' | 'wrong'

/** What is safe to do about a finding: nothing of it touches a credential. */
export type Mend =
  | {readonly kind: 'mode'; readonly path: string; readonly mode: 0o600 | 0o700}
  /** A file that holds nothing that is not elsewhere, or comes again. */
  | {readonly kind: 'remove'; readonly path: string}
  /** What killed processes left beside an `auth.json`: under its locks. */
  | {readonly kind: 'sweep'; readonly path: string}

/** What became of one look. Texts are as they were found: paths whole, nothing redacted. */
export interface Finding {
  /** What was looked at: stable, for scripts. */
  readonly id: string
  readonly state: FindingState
  /** Without a full stop at the end. */
  readonly what: string
  /** A command, or sentences that end with a full stop. */
  readonly remedy?: string | undefined
  /** What `--fix` does about it; none where that is for a person. */
  readonly mends?: readonly Mend[] | undefined
}

export function fine(id: string, what: string): Finding {
  return {id, state: 'fine', what}
}

export function wrong(
  id: string,
  what: string,
  remedy: string,
  mends: readonly Mend[] = [],
): Finding {
  return {id, state: 'wrong', what, remedy, mends}
}

export function isFixable({mends = []}: Finding): boolean {
  return mends.length > 0
}

export function unknown(id: string, what: string): Finding {
  return {id, state: 'unknown', what}
}

/** What an error of ours says, as a finding. */
export function troubleFinding(
  id: string,
  {message, remedy}: {readonly message: string; readonly remedy: string},
): Finding {
  const own = remedy === TRY_AGAIN ? 'Check the address, and the network of this machine.' : remedy
  return wrong(id, message.replace(/\.$/, ''), own)
}

/** The findings, each once, or where there are none one that says so. */
export function orFine(findings: readonly Finding[], id: string, what: string): Finding[] {
  if (findings.length === 0) return [fine(id, what)]
  return findings.filter((one, index) => findings.findIndex((it) => it.what === one.what) === index)
}

/** A finding as it is told: nothing secret is in it, nor who and where its reader is. */
export interface ReportedFinding {
  readonly id: string
  readonly state: FindingState
  readonly what: string
  readonly remedy: string | null
  /** Whether `--fix` mends it. */
  readonly fixable: boolean
  /** What `--fix` has done, before it was looked at again. */
  readonly mended: readonly string[]
}

/** @param clean - what takes out of a text what nobody but the reader may know */
export function reported(
  finding: Finding,
  mended: readonly string[],
  clean: (text: string) => string,
): ReportedFinding {
  const {id, state, what, remedy} = finding
  return {
    id,
    state,
    what: clean(what),
    remedy: remedy === undefined ? null : clean(remedy),
    fixable: isFixable(finding),
    mended: mended.map(clean),
  }
}
