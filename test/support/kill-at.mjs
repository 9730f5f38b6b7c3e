// Imported before a program: kills it at the nth change to the disk, like a power failure.
import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'

let left = Number(process.env.KILL_AT)
for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync']) {
  const original = fs[name]
  fs[name] = (...args) => {
    if (!String(args[0]).includes('mogplex-auth')) return original(...args)
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    return original(...args)
  }
}
syncBuiltinESMExports()
