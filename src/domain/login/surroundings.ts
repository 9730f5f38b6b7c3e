import {type Environment, valueOf} from '../settings/environment.js'

/** A terminal on another machine: how its user connected. */
export interface SshSession {
  /** In `ssh` syntax: `ada@203.0.113.7`, with `-p 2222` before it when the port is not 22. */
  readonly destination: string
}

/** Where this process runs, as far as it decides whether a browser can open here and reach us. */
export interface Surroundings {
  readonly ssh: SshSession | undefined
  readonly container: boolean
  readonly wsl: boolean
  /** The person at this terminal would see a browser that is started here. */
  readonly canShowBrowser: boolean
}

/** Facts about the system that do not come from the environment. */
export interface SystemFacts {
  /** A file that exists only in containers. */
  readonly containerFile: boolean
  /** The kernel's version, as in `/proc/version`. */
  readonly kernel: string
  /** As in `process.platform`. */
  readonly platform: string
}

const CONTAINER_VARIABLES = [
  'REMOTE_CONTAINERS',
  'CODESPACES',
  'GITPOD_WORKSPACE_ID',
  'KUBERNETES_SERVICE_HOST',
]
/** Systems whose display needs no variable to be found. */
const WITH_WINDOWS = new Set(['android', 'darwin', 'win32'])
const UNKNOWN_HOST = 'THIS-HOST'

/** Whether a browser on this machine is likely to run on another machine. */
export function surroundingsOf(env: Environment, marks: SystemFacts): Surroundings {
  const ssh = sshOf(env)
  const container = marks.containerFile || isSet(env, CONTAINER_VARIABLES)
  const wsl = isSet(env, ['WSL_DISTRO_NAME']) || /microsoft/i.test(marks.kernel)
  const hasWindows = WITH_WINDOWS.has(marks.platform) || (wsl && !container)
  const canShowBrowser =
    isSet(env, ['BROWSER', 'DISPLAY', 'WAYLAND_DISPLAY']) || (ssh === undefined && hasWindows)
  return {ssh, container, wsl, canShowBrowser}
}

/** The command that forwards the browser's redirect through the SSH connection (RFC 8252 §7.3). */
export function tunnelCommand({destination}: SshSession, port: number | string): string {
  return `ssh -N -L ${port}:127.0.0.1:${port} ${destination}`
}

// The format of `SSH_CONNECTION` is "client-address client-port server-address server-port".
function sshOf(env: Environment): SshSession | undefined {
  const connection = valueOf(env, 'SSH_CONNECTION')
  if (connection === undefined && !isSet(env, ['SSH_TTY', 'SSH_CLIENT'])) return undefined
  const [, , address = '', port = ''] = connection?.split(/\s+/) ?? []
  const host = isReachable(address) ? address : UNKNOWN_HOST
  const way = host === address && /^\d{1,5}$/.test(port) && port !== '22' ? `-p ${port} ` : ''
  return {destination: `${way}${userOf(env)}${host}`}
}

/** An address by which another machine may reach this one: not loopback, not link-local. */
function isReachable(address: string): boolean {
  return /^(?=.*[.:])[\da-f.:]+$/i.test(address) && !/^(127\.|::1$|fe80:)/i.test(address)
}

/** The user who connected by SSH, even after becoming root. */
function userOf(env: Environment): string {
  const user = valueOf(env, 'SUDO_USER') ?? valueOf(env, 'USER') ?? valueOf(env, 'LOGNAME') ?? ''
  return /^\w[\w.-]*$/.test(user) ? `${user}@` : ''
}

function isSet(env: Environment, variables: readonly string[]): boolean {
  return variables.some((variable) => valueOf(env, variable) !== undefined)
}
