import {TRY_AGAIN} from '../errors/remote.js'

/** `unknown`: the check could not be made. */
export type FindingState = 'fine' | 'unknown' | 'wrong'

/** A safe repair for a finding: none of them changes a credential. */
export type Mend =
  | {readonly kind: 'mode'; readonly path: string; readonly mode: 0o600 | 0o700}
  /** Deletes a file whose contents exist elsewhere or are recreated. */
  | {readonly kind: 'remove'; readonly path: string}
  /** Removes what killed processes left beside an `auth.json`, while holding its locks. */
  | {readonly kind: 'sweep'; readonly path: string}

/** The result of one check. Texts are unmodified: full paths, nothing redacted. */
export interface Finding {
  /** Identifies the check: stable, for scripts. */
  readonly id: string
  readonly state: FindingState
  /** Without a full stop at the end. */
  readonly what: string
  /** A command, or sentences that end with a full stop. */
  readonly remedy?: string | undefined
  /** What `--fix` does about it; absent where only a person can fix it. */
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

/** One of our errors as a finding. */
export function troubleFinding(
  id: string,
  {message, remedy}: {readonly message: string; readonly remedy: string},
): Finding {
  const own = remedy === TRY_AGAIN ? 'Check the address, and the network of this machine.' : remedy
  return wrong(id, message.replace(/\.$/, ''), own)
}

/** The findings without duplicates, or one positive finding when there are none. */
export function orFine(findings: readonly Finding[], id: string, what: string): Finding[] {
  if (findings.length === 0) return [fine(id, what)]
  return findings.filter((one, index) => findings.findIndex((it) => it.what === one.what) === index)
}

/** A finding as it is printed: without secrets, and without anything that identifies its reader. */
export interface ReportedFinding {
  readonly id: string
  readonly state: FindingState
  readonly what: string
  readonly remedy: string | null
  /** Whether `--fix` repairs it. */
  readonly fixable: boolean
  /** What `--fix` repaired before the check was repeated. */
  readonly mended: readonly string[]
}

/** @param clean - removes from a text what only the reader may know */
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
