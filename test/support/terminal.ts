import pty, {type IPty} from '@lydell/node-pty'
import headless from '@xterm/headless'
import type {Socket} from 'node:net'
import {constants} from 'node:os'
import {onCleanup} from './cleanup.js'
import {builtCli, cliEnvironment} from './cli-environment.js'
import type {Command, Exit} from './cli-environment.js'
import {bytesOf} from './keys.js'
import type {Key} from './keys.js'
import {visibleText, wholeText} from './screen-text.js'
import {needTerminal} from './system-under-test.js'
import {findPattern, waitUntil} from './wait-until.js'

const LAST_LINES_MS = 10_000

export interface TerminalOptions {
  home: string
  env?: Readonly<Record<string, string>>
  cwd?: string
  columns?: number
  rows?: number
  /** The program to run instead of the built CLI. */
  command?: Command
}

export type OpenTerminal = ReturnType<typeof openTerminal>

/**
 * Runs the built CLI in a real pseudoterminal, with a terminal emulator that keeps the screen and
 * answers a program's queries.
 */
export function openTerminal(args: readonly string[], options: TerminalOptions) {
  needTerminal()
  const {home, env, cwd = home, columns = 80, rows = 24, command = builtCli} = options
  const [program, ...first] = command
  const emulator = new headless.Terminal({
    allowProposedApi: true,
    cols: columns,
    rows,
    scrollback: 10_000,
  })
  const child = pty.spawn(program, [...first, ...args], {
    cwd,
    cols: columns,
    rows,
    env: cliEnvironment(home, env),
    name: env?.TERM ?? 'xterm-256color',
  })
  readToTheEnd(child)

  let bytes = ''
  let ended: Exit | undefined
  child.onData((data) => {
    bytes += data
    emulator.write(data)
  })
  const exit = new Promise<Exit>((resolve) => {
    child.onExit(({exitCode, signal}) => {
      // Not before the emulator has processed its input: then the last screen is complete.
      emulator.write('', () => {
        const name = nameOf(signal)
        ended = {code: name ? undefined : exitCode, signal: name}
        resolve(ended)
      })
    })
  })

  const send = (data: string): void => {
    if (ended) throw new Error(`Nobody reads the keys: the program has ended.${seen()}`)
    child.write(data)
  }
  emulator.onData((answer) => {
    if (!ended) child.write(answer)
  })

  const screen = (): string => visibleText(emulator)
  const scrollback = (): string => wholeText(emulator)
  const seen = (): string => {
    const state = ended ? `ended with ${ended.signal ?? ended.code}` : 'running'
    return `\n--- the screen (${state}) ---\n${screen()}\n--- all lines ---\n${scrollback()}\n---`
  }

  const close = async (): Promise<void> => {
    if (ended) return
    child.kill('SIGHUP')
    const deadline = setTimeout(() => {
      if (!ended) child.kill('SIGKILL')
    }, 1000)
    await exit
    clearTimeout(deadline)
  }
  onCleanup(close)

  return {
    pid: child.pid,
    exit,
    /** The visible screen. */
    screen,
    /** All lines ever shown; a line that the terminal wrapped is one line. */
    scrollback,
    /** Everything the program wrote, including control sequences. */
    raw: (): string => bytes,
    /** Waits until a text is on the screen, or in the scrollback. */
    see: (wanted: string | RegExp, timeoutMs = 30_000): Promise<RegExpExecArray> =>
      waitUntil({
        look: () => findPattern(screen(), wanted) ?? findPattern(scrollback(), wanted),
        over: () => ended !== undefined,
        timeoutMs,
        describe: () => `${String(wanted)} to be seen.${seen()}`,
      }),
    press: (key: Key): void => {
      send(bytesOf(key, emulator.modes.applicationCursorKeysMode))
    },
    type: send,
    paste: (text: string): void => {
      // Terminals' processing of a paste: line ends become Enter, and escape characters are
      // removed.
      const typed = text.replace(/\r?\n/g, '\r').replaceAll('\x1b', '\u241b')
      send(emulator.modes.bracketedPasteMode ? `\x1b[200~${typed}\x1b[201~` : typed)
    },
    resize: (newColumns: number, newRows: number): void => {
      emulator.resize(newColumns, newRows)
      child.resize(newColumns, newRows)
    },
    /**
     * Hangs up, like closing the window; a process that does not exit within a second is killed.
     */
    close,
  }
}

/**
 * 200 ms after a program has ended, node-pty closes its terminal, read or not: on a busy machine
 * the last lines would be lost. The end of the output is detected separately.
 */
function readToTheEnd(child: IPty): void {
  const {_socket: socket} = child as unknown as {readonly _socket: Socket}
  const destroy = socket.destroy.bind(socket)
  socket.destroy = (error) => {
    if (error !== undefined || socket.readableEnded) return destroy(error)
    setTimeout(destroy, LAST_LINES_MS).unref()
    return socket
  }
}

function nameOf(signal: number | undefined): NodeJS.Signals | undefined {
  const names = Object.entries(constants.signals) as [NodeJS.Signals, number][]
  return names.find(([, number]) => number === signal)?.[0]
}
