import type {Redactor} from '@mogplex/redaction'
import {type Guard, guardStream, type Pieces} from './guarded-stream.js'
import {onFlush} from './held-output.js'
import {isToBeOpened, loadRedactor} from './redaction.js'

/**
 * How long an unfinished line is held: long enough for its writer to continue, too short to notice.
 */
const LINE_MS = 40
/** How long the start of a known value is held: it is hardly ever anything else. */
const VALUE_MS = 1000

const guarded = new Set<'stderr' | 'stdout'>()

/**
 * Redacts everything written to standard error, by values, names and formats, across chunks: the
 * debug output of oclif, got and ours is never less redacted than the log.
 */
export async function guardDebugOutput(): Promise<void> {
  guard('stderr', (await loadRedactor()).stream('all'), LINE_MS)
}

/**
 * Redacts messages on standard error, by values and formats, each write separately; and results, on
 * standard output, by known values only, since the answer to a prompt may show what a key looks
 * like.
 */
export function guardOutput(redactor: Redactor): void {
  const messages = {
    isHolding: false,
    write: (text: string) => redactor.redactValues(text),
    flush: () => '',
  }
  const {stdout, stderr} = process
  const output = guard('stdout', redactor.stream('values'), VALUE_MS)
  // On a shared screen the order matters: a cursor sequence must not be written after a later
  // message.
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

/** Runs other timers first: in a busy process all of them may be late. */
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
