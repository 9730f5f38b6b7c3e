import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {browserCommands} from '../domain/browser-commands.js'
import {childEnvironment} from '../domain/child-environment.js'
import {type Environment, valueOf} from '../domain/environment.js'

const LOOKS_ALIVE_AFTER_MS = 3000

/**
 * Opens an address in the browser: the one that `BROWSER` names, else the system's own. The
 * browser gets no credential in its environment, and no shell sees the address.
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
      : browserCommands(named, url.href, separator)
  for (const command of commands) {
    if (await starts(command, childEnvironment(env))) return true
  }
  return false
}

async function starts(command: readonly string[], env: Record<string, string>): Promise<boolean> {
  const [file = '', ...args] = command
  const child = spawn(file, args, {env, stdio: 'ignore', detached: true, windowsHide: true})
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      end(true)
    }, LOOKS_ALIVE_AFTER_MS)
    const end = (ok: boolean): void => {
      clearTimeout(timer)
      child.unref()
      resolve(ok)
    }
    child.once('error', () => {
      end(false)
    })
    child.once('exit', (code) => {
      end(code === 0)
    })
  })
}
