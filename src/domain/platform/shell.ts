// How commands for the user to type are written: for the shell that they use. It is detected once,
// at start-up, and all remedies use it.
import {type Environment, valueOf} from '../settings/environment.js'

/** The user's shell. `posix` is every shell that understands `unset` and single quotes. */
export type Shell = 'cmd' | 'posix' | 'powershell'

/** Module folders that every program on Windows sees, whichever shell started it. */
const OF_THE_SYSTEM = /^[a-z]:\\(program files|windows)\\/i
const MODULES_OF_A_USER = /powershell\\modules\\?$/i

/**
 * The shell that started this process, judged by its environment: Windows does not tell. Bash sets
 * `MSYSTEM` (Git, MSYS2), and PowerShell adds its user's own modules.
 *
 * @param platform - as in `process.platform`
 */
export function shellOf(env: Environment, platform: string): Shell {
  if (platform !== 'win32') return 'posix'
  if (valueOf(env, 'MSYSTEM') !== undefined || valueOf(env, 'SHELL') !== undefined) return 'posix'
  const modules = (valueOf(env, 'PSMODULEPATH') ?? '').split(';').map((folder) => folder.trim())
  const isPowerShell = modules.some(
    (folder) => MODULES_OF_A_USER.test(folder) && !OF_THE_SYSTEM.test(folder),
  )
  return isPowerShell ? 'powershell' : 'cmd'
}

let spoken: Shell = 'posix'
let modes = true

/** Writes commands for the shell that started this process from now on. */
export function writeFor(env: Environment, platform: string): void {
  spoken = shellOf(env, platform)
  modes = platform !== 'win32'
}

/** The shell that commands are written for. */
export function shellInUse(): Shell {
  return spoken
}

/** Whether files have modes, as on every system but Windows. */
export function haveModes(): boolean {
  return modes
}

/** The command that unsets a variable. */
export function unsetting(variable: string, shell: Shell = spoken): string {
  if (shell === 'powershell') return `Remove-Item Env:${variable}`
  return shell === 'cmd' ? `set ${variable}=` : `unset ${variable}`
}

/**
 * The command that removes a file.
 *
 * @param short - the same path with `~`, for a shell that expands it
 */
export function removing(path: string, short = path, shell: Shell = spoken): string {
  if (shell === 'powershell') return `Remove-Item -LiteralPath '${path.replaceAll("'", "''")}'`
  if (shell === 'cmd') return `del "${path}"`
  return /^[\w~./-]+$/.test(short)
    ? `rm ${short}`
    : `rm '${path.replaceAll("'", String.raw`'\''`)}'`
}

/** The command that renames a file or folder, so that it is kept beside its old place. */
export function movingAway(path: string, shell: Shell = spoken): string {
  const away = `${path}.moved`
  if (shell === 'powershell') {
    const [from, to] = [path, away].map((each) => `'${each.replaceAll("'", "''")}'`)
    return `Move-Item -LiteralPath ${from ?? ''} ${to ?? ''}`
  }
  return shell === 'cmd' ? `move "${path}" "${away}"` : `mv ${word(path)} ${word(away)}`
}

/** A path as one word of a POSIX shell. */
export function word(path: string): string {
  return /^[\w@%+=:,./~-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

/** The reference to the value of a variable. */
export function valueWord(variable: string, shell: Shell = spoken): string {
  if (shell === 'powershell') return `$env:${variable}`
  return shell === 'cmd' ? `%${variable}%` : `$${variable}`
}

/** The folder that `~` means in commands; empty in cmd, which has no `~`. */
export function tildeFolder(env: Environment, shell: Shell = spoken): string {
  if (shell === 'cmd') return ''
  return (modes ? env.HOME : env.USERPROFILE) ?? ''
}
