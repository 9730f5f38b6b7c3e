import {createHash} from 'node:crypto'
import {spawnSync} from 'node:child_process'
import {readFileSync, readlinkSync, statSync} from 'node:fs'
import {hostname} from 'node:os'
import {codeOf} from '../../domain/errors/system-error.js'
import type {MachineId, SeenProcess} from '../../domain/files/lock-owner.js'

/**
 * macOS creates it at setup and never changes it: the host name of a Mac changes with its network.
 */
const SET_UP = '/private/var/db/.AppleSetupDone'

let known: MachineId | undefined

/**
 * This machine and, on Linux, its boot and pid namespace. Machines that share a home may have the
 * same host name, too: then the id that systemd created at installation tells them apart.
 */
export function thisMachine(): MachineId {
  return (known ??= readMachineId())
}

/** @param platform - as in `process.platform` */
export function readMachineId(platform: string = process.platform): MachineId {
  const machine = attempt(() => readFileSync('/etc/machine-id', 'utf8').trim())
  const mac =
    platform === 'darwin' ? attempt(() => String(statSync(SET_UP).birthtimeMs)) : undefined
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'))
  const name = mac === undefined ? hostname() : `mac-${shortHash(mac)}`
  return {
    host: [name, machine && shortHash(machine), namespace].filter(Boolean).join(' '),
    bootId: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? null,
  }
}

/** Inspects a process id. Without `/proc`, only whether it exists is known. */
export function inspectProcess(pid: number): SeenProcess | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists, and belongs to another user.
    if (codeOf(error) === 'ESRCH') return undefined
  }
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (stat === undefined) return {startTime: null, ended: false}
  // The second field is the program's name in brackets, and may contain anything (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, threads, startTime] = [fields[0], fields[17], fields[19]]
  // A zombie is not dead: other threads of it may still be inside a rename.
  const ended = state === 'X' || (state === 'Z' && threads === '1')
  return {startTime: startTime ?? null, ended}
}

/**
 * Whether a process on macOS is a zombie, which {@link inspectProcess} reports as running. Starts a
 * program, so use it rarely.
 */
export function hasEnded(pid: number, platform: string = process.platform): boolean {
  if (platform !== 'darwin') return false
  const args = ['-o', 'stat=', '-p', String(pid)]
  const {error, stdout} = spawnSync('ps', args, {encoding: 'utf8', timeout: 1000})
  return error === undefined && stdout.trim().startsWith('Z')
}

/** The id itself must not leave the machine (machine-id(5)). */
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
