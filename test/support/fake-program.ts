import {chmod, readFile, writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {onCleanup} from './cleanup.js'
import {waitUntil} from './wait-until.js'

export interface FakeProgram {
  /**
   * A PATH that starts with its folder. `BROWSER` names it without a path: a path there ends at a
   * blank.
   */
  readonly PATH: string
  /** How it was started: its process id, its arguments, its environment, one per line. */
  readonly seen: () => Promise<string[]>
}

/**
 * Writes a shell script that records how it was started, prints to both outputs, and then runs the
 * given commands. If it still runs after the test, it is ended.
 */
export async function fakeProgram(
  folder: string,
  name: string,
  then = 'exit 0',
): Promise<FakeProgram> {
  const path = join(folder, name)
  const note = join(folder, `${name}.note`)
  const lines = [
    '#!/bin/sh',
    `{ echo "$$"; printf '%s\\n' "$@"; env; } > "${note}.part" && mv "${note}.part" "${note}"`,
    'echo "noise of a browser"; echo "noise of a browser" >&2',
    then,
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  await chmod(path, 0o700)
  const read = async (): Promise<string> => readFile(note, 'utf8').catch(() => '')
  onCleanup(async () => {
    const [pid] = (await read()).split('\n')
    if (pid !== undefined && pid !== '') end(Number(pid))
  })
  return {
    PATH: [folder, process.env.PATH ?? ''].join(delimiter),
    async seen() {
      let text = ''
      const reading = setInterval(() => void read().then((found) => (text = found)), 20)
      try {
        return await waitUntil({
          look: () => (text === '' ? undefined : text.trimEnd().split('\n')),
          over: () => false,
          timeoutMs: 30_000,
          describe: () => `start of ${name}.`,
        })
      } finally {
        clearInterval(reading)
      }
    },
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}
