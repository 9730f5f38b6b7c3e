import pty from '@lydell/node-pty'
import headless from '@xterm/headless'
import {setTimeout as pause} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import type {Frame} from './film.js'
import {screenOf} from './screen.js'

const CLI = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const [COLUMNS, ROWS] = [88, 24]
const PATIENCE_MS = 20_000

/** A session at a terminal, for the script that plays it. */
export interface Session {
  /** Everything that was written. */
  readonly raw: () => string
  readonly write: (keys: string) => void
  /** Waits until a text is on the screen. */
  readonly see: (wanted: RegExp | string) => Promise<void>
  /** Captures the screen as soon as it shows something and no longer changes. */
  readonly take: (wanted: RegExp | string, seconds: number, look?: Look) => Promise<void>
  /** Types, and captures the screen. */
  readonly type: (line: string, shown: string, seconds: number) => Promise<void>
}

interface Look {
  readonly hasCursor?: boolean
  /** It never stops changing. */
  readonly isAlive?: boolean
}

/** Plays a session of the real CLI at a pseudoterminal, until it ends. */
export async function play(
  args: readonly string[],
  {home, env}: {readonly home: string; readonly env: Readonly<Record<string, string>>},
  act: (session: Session) => Promise<void>,
): Promise<Frame[]> {
  const screen = new headless.Terminal({allowProposedApi: true, cols: COLUMNS, rows: ROWS})
  const child = pty.spawn(process.execPath, [CLI, ...args], {
    cols: COLUMNS,
    rows: ROWS,
    cwd: home,
    name: 'xterm-256color',
    env: {...env},
  })
  let raw = ''
  child.onData((data) => {
    raw += data
    screen.write(data)
  })
  screen.onData((answer) => {
    child.write(answer)
  })
  const ended = new Promise<void>((resolve) => {
    child.onExit(() => screen.write('', resolve))
  })

  const frames: Frame[] = []
  const text = (): string =>
    Array.from(
      {length: ROWS},
      (_, row) => screen.buffer.active.getLine(screen.buffer.active.baseY + row) ?? undefined,
    )
      .map((line) => line?.translateToString(true) ?? '')
      .join('\n')
  const see = async (wanted: RegExp | string): Promise<void> => {
    const isThere = (): boolean =>
      typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text())
    const end = Date.now() + PATIENCE_MS
    while (!isThere()) {
      await pause(20)
      if (Date.now() > end) throw new Error(`${String(wanted)} is not to be seen:\n${text()}`)
    }
  }
  const take: Session['take'] = async (wanted, seconds, look = {}) => {
    const {hasCursor = true, isAlive = false} = look
    await see(wanted)
    let before: string
    do {
      before = raw
      await pause(150)
    } while (before !== raw && !isAlive)
    frames.push({screen: screenOf(screen, hasCursor), seconds})
  }
  await act({
    raw: () => raw,
    see,
    take,
    write: (keys) => child.write(keys),
    async type(line, shown, seconds) {
      child.write(line)
      await take(shown, seconds)
    },
  })
  await ended
  return frames
}
