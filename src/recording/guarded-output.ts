import type {Redactor} from '@mogplex/redaction'
import {type Guard, guardStream, type Pieces} from './guarded-stream.js'
import {onFlush} from './held-output.js'
import {isToBeOpened, loadRedactor} from './redaction.js'

/** An unfinished line: long enough for its writer's next turns, and too short for people to notice. */
const LINE_MS = 40
/** The beginning of a known value, which hardly ever is anything else. */
const VALUE_MS = 1000

const guarded = new Set<'stderr' | 'stdout'>()

/**
 * Redacts all that goes to standard error, by values, names and shapes, wherever it is cut: the debug
 * output of oclif, of got and of ours is never more secret than the log.
 */
export async function guardDebugOutput(): Promise<void> {
  guard('stderr', (await loadRedactor()).stream('all'), LINE_MS)
}

/**
 * Redacts messages on standard error, by values and shapes, each write by itself; and
 * results, on standard output, by known values only, since the answer to a prompt may show what a
 * key looks like.
 */
export function guardOutput(redactor: Redactor): void {
  const messages = {
    isHolding: false,
    write: (text: string) => redactor.redactValues(text),
    flush: () => '',
  }
  const {stdout, stderr} = process
  const output = guard('stdout', redactor.stream('values'), VALUE_MS)
  // On one screen the order counts: the rest of what moves its cursor may not come behind a message.
  const before = (): void => {
    if (stdout.isTTY && stderr.isTTY) output?.flush()
  }
  guard('stderr', messages, LINE_MS, before)
}

function guard(
  name: 'stderr' | 'stdout',
  pieces: Pieces,
  heldMs: number,
  before?: () => void,
): Guard | undefined {
  if (guarded.has(name)) return undefined
  guarded.add(name)
  const later = (work: () => void) => afterPause(heldMs, work)
  const guarding = {isShown: isToBeOpened, later, ...(before !== undefined && {before})}
  const made = guardStream(process[name], pieces, guarding)
  onFlush(made.flush)
  return made
}

/** Lets what is due at the same time go first: a busy process may be late with all of it. */
function afterPause(milliseconds: number, work: () => void): () => void {
  let due: NodeJS.Immediate | undefined
  const timer = setTimeout(() => {
    due = setImmediate(work)
  }, milliseconds)
  timer.unref()
  return () => {
    clearTimeout(timer)
    clearImmediate(due)
  }
}
