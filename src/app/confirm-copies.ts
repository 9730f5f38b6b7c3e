import {basename} from 'node:path'
import {confirm} from '../terminal/confirm.js'
import {listenForInterrupt} from '../terminal/interrupt.js'
import {CancelledError} from '../domain/errors/cancelled.js'

interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
}

/**
 * Asks whether the copies beside `auth.json` are removed, too: they may contain foreign
 * credentials.
 *
 * @param again - the command to run when it is interrupted
 */
export async function mayRemoveCopies(
  copies: readonly string[],
  {stdin, stderr}: Terminal,
  again: string,
): Promise<boolean> {
  if (copies.length === 0) return false
  const interrupt = listenForInterrupt(
    new CancelledError('The logout was interrupted.', `Run \`${again}\` again.`),
  )
  try {
    const names = copies.map((path) => basename(path)).join(', ')
    const question = `Remove ${names}, too? They may hold credentials.`
    return await confirm(question, {stdin, stderr, signal: interrupt.signal})
  } finally {
    interrupt.release()
  }
}
