import {type ChildProcess, spawn, type SpawnOptions} from 'node:child_process'
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {browserCommands} from '../domain/login/browser-commands.js'
import {browserEnvironment} from '../domain/settings/child-environment.js'
import {type Environment, valueOf} from '../domain/settings/environment.js'

const LOOKS_ALIVE_AFTER_MS = 3000

/**
 * Opens an address in the browser: the one that `BROWSER` names, otherwise the system's default.
 * The browser gets no credential in its environment and no access to our terminal, no shell sees
 * the address, and it does not keep this process alive: callers that wait for the answer need
 * something else that does.
 *
 * @param url - https, or http on loopback
 * @returns whether something was started that did not fail at once
 */
export async function openInBrowser(url: URL, env: Environment): Promise<boolean> {
  const named = valueOf(env, 'BROWSER')
  const separator = process.platform === 'win32' ? ';' : ':'
  const commands =
    named === undefined
      ? [[process.execPath, fileURLToPath(new URL('system-browser.js', import.meta.url)), url.href]]
      : browserCommands(named, url.href, {separator, isProgram: existsSync})
  for (const command of commands) {
    if (await starts(command, startOptions(env, named !== undefined, process.platform))) return true
  }
  return false
}

/**
 * How a browser is started. On Windows a detached process gets a console window as soon as it
 * starts PowerShell, as our program does to open the system's browser; that one need not outlive
 * us: what it opens does.
 */
export function startOptions(env: Environment, isNamed: boolean, platform: string): SpawnOptions {
  const detached = isNamed || platform !== 'win32'
  return {env: browserEnvironment(env), stdio: 'ignore', detached, windowsHide: true}
}

async function starts(command: readonly string[], options: SpawnOptions): Promise<boolean> {
  const child = start(command, options)
  if (child === undefined) return false
  child.unref()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), LOOKS_ALIVE_AFTER_MS).unref()
    const end = (ok: boolean): void => {
      clearTimeout(timer)
      resolve(ok)
    }
    child.once('error', () => end(false))
    child.once('exit', (code) => end(code === 0 || (code === 1 && isExplorer(command))))
  })
}

/** Windows Explorer, which WSL can start too, exits with 1 on success. */
function isExplorer([file = '']: readonly string[]): boolean {
  return /(?:^|[\\/])explorer(?:\.exe)?$/i.test(file)
}

/** Some start failures are emitted as an event, others are thrown: a path through a file. */
function start(
  [file = '', ...args]: readonly string[],
  options: SpawnOptions,
): ChildProcess | undefined {
  try {
    return spawn(file, args, options)
  } catch {
    return undefined
  }
}
