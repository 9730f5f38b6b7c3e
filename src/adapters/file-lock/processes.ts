import {createHash} from 'node:crypto'
import {readFileSync, readlinkSync} from 'node:fs'
import {hostname} from 'node:os'
import {codeOf} from '../../domain/errors/system-error.js'
import type {Place, SeenProcess} from '../../domain/files/lock-owner.js'

let known: Place | undefined

/**
 * The machine we are on and, on Linux, its boot and the namespace of our process ids. Machines that
 * share a home may share a name, too: then what systemd made when it was installed tells them apart.
 */
export function thisPlace(): Place {
  return (known ??= readPlace())
}

function readPlace(): Place {
  const machine = attempt(() => readFileSync('/etc/machine-id', 'utf8').trim())
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'))
  return {
    host: [hostname(), machine && shortHash(machine), namespace].filter(Boolean).join(' '),
    bootId: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? null,
  }
}

/** Looks at a process id. Where there is no `/proc`, only whether somebody has it is known. */
export function seeProcess(pid: number): SeenProcess | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (codeOf(error) === 'ESRCH') return undefined
  }
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (stat === undefined) return {startTime: null, ended: false}
  // The second field is the program's name in brackets, and may hold anything (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, threads, startTime] = [fields[0], fields[17], fields[19]]
  // A zombie is not dead: other threads of it may still be inside a rename.
  const ended = state === 'X' || (state === 'Z' && threads === '1')
  return {startTime: startTime ?? null, ended}
}

/** The id itself is for the machine alone (machine-id(5)). */
function shortHash(text: string): string {
  return createHash('sha256').update(`mogplex ${text}`).digest('hex').slice(0, 12)
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
