// `npm run picture`: plays a session of the real CLI at a pseudoterminal, against the local cloud,
// and makes docs/session.svg of what was on the screen. The same session makes the same picture.
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import pty from '@lydell/node-pty'
import {type LocalCloud, startLocalCloud} from '@mogplex/local-cloud'
import headless from '@xterm/headless'
import {ownFolders} from '../test/support/home-variables.js'
import {filmOf, type Frame} from './picture/film.js'
import {screenOf} from './picture/screen.js'

const CLI = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const PICTURE = fileURLToPath(new URL('../docs/session.svg', import.meta.url))
const TITLE =
  'A session of mogplex: the login screen, the composer, a prompt and its answer, another model.'
const [COLUMNS, ROWS] = [88, 24]
const ADDRESS = /^http\S+\?response_type=\S+/m
/** The port is on the picture. */
const PORT = 24800
const PATIENCE_MS = 20_000
const ENTER = '\r'

const home = await mkdtemp(join(tmpdir(), 'mogplex-picture-'))
const cloud = await startLocalCloud({port: PORT, inferenceAccepts: 'oauth'})
try {
  const frames = await play(cloud)
  await writeFile(PICTURE, filmOf(frames, TITLE))
  process.stdout.write(`docs/session.svg shows ${frames.length} screens.\n`)
} finally {
  await cloud.close()
  await rm(home, {recursive: true, force: true})
}

async function play(cloud: LocalCloud): Promise<Frame[]> {
  const screen = new headless.Terminal({allowProposedApi: true, cols: COLUMNS, rows: ROWS})
  const child = pty.spawn(process.execPath, [CLI], {
    ...{cols: COLUMNS, rows: ROWS, cwd: home, name: 'xterm-256color'},
    env: {
      ...ownFolders(home),
      ...{PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', TERM: 'xterm-256color'},
      // There is no browser to open: a driver goes to the address that is printed.
      ...{MOGPLEX_URL: cloud.url, MOGPLEX_DEV: '1', BROWSER: 'true'},
    },
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
    child.onExit(() => {
      resolve()
    })
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
  /** Takes the screen down as soon as it shows something, and has come to rest. */
  const take = async (wanted: RegExp | string, seconds: number, hasCursor = true) => {
    await see(wanted)
    let before: string
    do {
      before = raw
      await pause(150)
    } while (before !== raw)
    frames.push({screen: screenOf(screen, hasCursor), seconds})
  }
  const type = async (line: string, shown: string, seconds: number): Promise<void> => {
    child.write(line)
    await take(shown, seconds)
  }

  await take('↑↓ navigate', 2.4, false)
  child.write(ENTER)
  await see('Ctrl+C gives up.')
  const [address = ''] = ADDRESS.exec(raw) ?? []
  await cloud.browser('ada@example.test').visit(address)
  await see('your login pays')
  child.write('\x0c') // Ctrl+L: what went by holds what differs from time to time
  await take(/^\s*ada@example\.test ·/, 1.6)
  await type('What is', '› What is', 0.4)
  await type(' a nanosecond?', '› What is a nanosecond?', 1)
  child.write(ENTER)
  await take(/tokens? in, \d+ out/, 3)
  await type('/mo', '/model', 1.2)
  child.write(`del${ENTER}`)
  await take('Which model answers?', 1.4, false)
  await type('gpt', 'Which model answers? gpt', 1.4)
  child.write(ENTER)
  await take('answers from now on.', 1.8)
  child.write(`Thank you.${ENTER}`)
  await take(/Thank you\.[^]+tokens? in, \d+ out/, 4)
  child.write(`/quit${ENTER}`)
  await ended
  return frames
}
