// Commands about the machine itself, for `mogplex doctor`: see shell.ts for all others.
import {haveModes, type Shell, shellInUse, word} from './shell.js'

/** Ends a process. In the Bash of Git a word that begins with a slash is taken for a path. */
export function ending(pid: number, shell: Shell = shellInUse()): string {
  if (haveModes()) return `kill ${pid}`
  if (shell === 'powershell') return `Stop-Process -Id ${pid}`
  return shell === 'cmd' ? `taskkill /F /PID ${pid}` : `taskkill //F //PID ${pid}`
}

/** Tells who listens at a port. */
export function showingListener(port: number, shell: Shell = shellInUse()): string {
  if (haveModes()) return `lsof -nP -iTCP:${port} -sTCP:LISTEN`
  if (shell === 'powershell') return `Get-NetTCPConnection -State Listen -LocalPort ${port}`
  return `netstat -ano | ${shell === 'cmd' ? 'findstr' : 'grep'} :${port}`
}

/** Tells the other names of a file that has several. */
export function showingNames(path: string, folder: string): string {
  if (haveModes()) return `find ${word(folder)} -samefile ${word(path)}`
  return `fsutil hardlink list "${path}"`
}
