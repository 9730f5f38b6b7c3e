import type {Environment} from '../domain/settings/environment.js'

interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  readonly env: Environment
}

const ENDINGS = ['SIGTERM', 'SIGHUP'] as const
const SHOW_CURSOR = '\x1b[?25h'

/**
 * Does work that puts the terminal into a state of its own, as pickers and hidden lines do. When a
 * signal ends the process meanwhile, the terminal is left as people know it; where somebody else
 * listens to that signal, too, it takes effect when the work is over.
 */
export async function withGuardedTerminal<T>(
  {stdin, stderr, env}: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  let came: NodeJS.Signals | undefined
  const restore = (): void => {
    try {
      if (stdin.isTTY && stdin.isRaw) stdin.setRawMode(false)
    } catch {
      // The terminal is gone.
    }
    if (stderr.isTTY && env.TERM !== 'dumb') stderr.write(SHOW_CURSOR)
  }
  const release = (): void => {
    for (const name of ENDINGS) process.off(name, onEnding)
    process.off('exit', restore)
  }
  const onEnding = (signal: NodeJS.Signals): void => {
    came = signal
    release()
    restore()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  for (const name of ENDINGS) process.on(name, onEnding)
  process.on('exit', restore)
  try {
    return await work()
  } finally {
    release()
    if (came !== undefined) process.kill(process.pid, came)
  }
}
