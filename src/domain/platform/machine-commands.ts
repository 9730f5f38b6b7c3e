// Commands about the machine, for `mogplex doctor`: see shell.ts for all others.
import {haveModes, type Shell, shellInUse, word} from './shell.js'

/** Ends a process. Git Bash treats a word that begins with a slash as a path. */
export function ending(pid: number, shell: Shell = shellInUse()): string {
  if (haveModes()) return `kill ${pid}`
  if (shell === 'powershell') return `Stop-Process -Id ${pid}`
  return shell === 'cmd' ? `taskkill /F /PID ${pid}` : `taskkill //F //PID ${pid}`
}

/** Shows which program listens on a port. */
export function showingListener(port: number, shell: Shell = shellInUse()): string {
  if (haveModes()) return `lsof -nP -iTCP:${port} -sTCP:LISTEN`
  if (shell === 'powershell') return `Get-NetTCPConnection -State Listen -LocalPort ${port}`
  return `netstat -ano | ${shell === 'cmd' ? 'findstr' : 'grep'} :${port}`
}

/** Shows the other names of a file that has several. */
export function showingNames(path: string, folder: string): string {
  if (haveModes()) return `find ${word(folder)} -samefile ${word(path)}`
  return `fsutil hardlink list "${path}"`
}
