/*
 * Acquires a lock repeatedly, and checks whether it is alone inside. Results are printed to
 * standard output, one per line: "in" and "out" for a turn, "two" when another one was inside.
 */
import {existsSync, readFileSync, writeFileSync, writeSync} from 'node:fs'
import {FileLock} from '../../../src/adapters/file-lock.js'

const [path = '', turns = '1', behaviour = ''] = process.argv.slice(2)
const inside = `${path}-inside`

function say(word: string): void {
  writeSync(1, `${word}\n`)
}

/** The process that claims to be inside, if it still runs. */
function other(): number | undefined {
  const pid = existsSync(inside) ? Number(readFileSync(inside, 'utf8')) : 0
  if (!(pid > 0) || pid === process.pid) return undefined
  try {
    process.kill(pid, 0)
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')) ? undefined : pid
  } catch {
    return undefined
  }
}

const lock = new FileLock(path, 'is at work')
for (let turn = 0; turn < Number(turns); turn += 1) {
  await lock.hold(
    async () => {
      if (other() !== undefined) say('two')
      writeFileSync(inside, String(process.pid))
      say('in')
      if (behaviour === 'stay') await new Promise((resolve) => process.stdin.once('data', resolve))
      else await new Promise((resolve) => setImmediate(resolve))
      if (other() !== undefined) say('two')
      writeFileSync(inside, '')
      say('out')
      return Promise.resolve()
    },
    {waitMs: 60_000},
  )
}
process.stdin.destroy()
