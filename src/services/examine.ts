import {setTimeout as wait} from 'node:timers/promises'
import {type Finding, type Mend, unknown} from '../domain/doctor/finding.js'
import {messageOf} from '../domain/text/thrown.js'
import type {Probe} from './doctor/probe.js'

/** The result of one probe: what was repaired first, then the current state. */
export interface Examined {
  /** The repairs of `--fix`, one sentence each. */
  readonly mended: readonly string[]
  readonly findings: readonly Finding[]
}

interface Examination {
  readonly probes: readonly Probe[]
  /** Applies safe repairs. @returns what it did; throws where it failed */
  readonly mend: ((mend: Mend) => Promise<string>) | undefined
  /** Called for each probe as soon as it is done. */
  readonly tell: (examined: Examined) => void
  /** Ends all probes, with the reason as the error. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs all probes in parallel, each with a time limit: one that does not end in time is reported as
 * unknown, and no longer waited for.
 *
 * @returns all findings, in the order of the probes
 */
export async function examine({probes, mend, tell, signal}: Examination): Promise<Finding[]> {
  const all = await Promise.all(
    probes.map(async (probe) => {
      const found = await lookOnce(probe, signal)
      const mended = mend === undefined ? [] : await mendAll(found, mend)
      const findings = mended.length === 0 ? found : await lookOnce(probe, signal)
      signal?.throwIfAborted()
      tell({mended, findings})
      return findings
    }),
  )
  return all.flat()
}

async function lookOnce(
  {id, limitMs, look}: Probe,
  outer: AbortSignal | undefined,
): Promise<readonly Finding[]> {
  const over = new AbortController()
  const done = new AbortController()
  const signal = AbortSignal.any(outer === undefined ? [over.signal] : [over.signal, outer])
  const limit = wait(limitMs, undefined, {signal: AbortSignal.any([done.signal, signal])}).then(
    () => [unknown(id, `not known: looking took more than ${limitMs / 1000} s`)],
    () => [unknown(id, 'not known: interrupted')],
  )
  try {
    return await Promise.race([attempt(id, async () => look(signal)), limit])
  } finally {
    done.abort()
    over.abort()
  }
}

/** A probe that fails becomes a finding about something that could not be checked. */
async function attempt(
  id: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look()
  } catch (error) {
    return [unknown(id, `not known: ${messageOf(error).replace(/\.$/, '')}`)]
  }
}

async function mendAll(
  findings: readonly Finding[],
  mend: (mend: Mend) => Promise<string>,
): Promise<string[]> {
  const done: string[] = []
  for (const each of findings.flatMap(({mends = []}) => mends)) {
    try {
      const what = await mend(each)
      if (!done.includes(what)) done.push(what) // one sweep removes everything
    } catch {
      // The state after the failure is found by the next check.
    }
  }
  return done
}
