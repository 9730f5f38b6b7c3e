import {guardStream, type Pieces} from '../adapters/guarded-stream.js'
import {RedactionStream} from '../domain/redaction/redaction-stream.js'
import type {Redactor} from '../domain/redaction/redactor.js'
import {isToBeOpened, loadRedactor} from './redaction.js'

let isGuarded = false

/**
 * Redacts all that goes to standard error, by values, names and shapes, wherever it is cut: the debug
 * output of oclif, of got and of ours is never more secret than the log.
 */
export async function guardDebugOutput(): Promise<void> {
  guard(new RedactionStream(await loadRedactor()))
}

/** Redacts what we tell people on standard error: by values and shapes, each write by itself. */
export function guardTalk(redactor: Redactor): void {
  guard({
    isHolding: false,
    write: (text) => redactor.redactValues(text),
    flush: () => '',
  })
}

function guard(pieces: Pieces): void {
  if (isGuarded) return
  isGuarded = true
  guardStream(process.stderr, pieces, isToBeOpened)
}
