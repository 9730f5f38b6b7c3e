// `npm run picture`: plays two sessions of the real CLI against the local cloud, and draws
// docs/session.svg and docs/attach.svg from the screen. They are the same each time, except dates,
// and the id of the run and its times.
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {startLocalCloud} from '@mogplex/local-cloud'
import {ownFolders} from '../test/support/home-variables.js'
import {filmOf, type Frame} from './picture/film.js'
import {play, type Session} from './picture/play.js'

const ADA = 'ada@example.test'
const ADDRESS = /^http\S+\?response_type=\S+/m
/** The port is visible in the picture. */
const PORT = 24800
const ENTER = '\r'

const home = await mkdtemp(join(tmpdir(), 'mogplex-picture-'))
const cloud = await startLocalCloud({port: PORT, inferenceAccepts: 'oauth'})
const env = {
  ...ownFolders(home),
  PATH: process.env.PATH ?? '',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
  // There is no browser to open: a headless one requests the printed address.
  MOGPLEX_URL: cloud.url,
  MOGPLEX_DEV: '1',
  BROWSER: 'true',
}
try {
  await draw(
    'session.svg',
    'A session of mogplex: the login screen, the composer, a prompt and its answer, another model.',
    await play([], {home, env}, firstMinutes),
  )
  const run = cloud.startRun(ADA, 'Mend the tests.')
  await draw(
    'attach.svg',
    'mogplex attach: a run as it goes on, its events, and how it ended.',
    await play(['attach', run], {home, env}, watchedRun),
  )
} finally {
  await cloud.close()
  await rm(home, {recursive: true, force: true})
}

async function draw(name: string, title: string, frames: readonly Frame[]): Promise<void> {
  await writeFile(fileURLToPath(new URL(`../docs/${name}`, import.meta.url)), filmOf(frames, title))
  process.stdout.write(`docs/${name} shows ${frames.length} screens.\n`)
}

async function firstMinutes({raw, write, see, take, type}: Session): Promise<void> {
  await take('↑↓ navigate', 2.4, {hasCursor: false})
  write(ENTER)
  await see('Ctrl+Y copies') // the address differs each time
  const [address = ''] = ADDRESS.exec(raw()) ?? []
  await cloud.browser(ADA).visit(address)
  await take('your login pays', 2.4)
  write('\x0c') // Ctrl+L
  await type('What is', '› What is', 0.4)
  await type(' a nanosecond?', '› What is a nanosecond?', 1)
  write(ENTER)
  await take(/tokens? in, \d+ out/, 3)
  await type('/mo', '/model', 1.2)
  write(`del${ENTER}`)
  await take('Which model answers?', 1.4, {hasCursor: false})
  await type('gpt', 'Which model answers? gpt', 1.4)
  write(ENTER)
  await take('answers from now on.', 1.8)
  write(`Thank you.${ENTER}`)
  await take(/Thank you\.[^]+tokens? in, \d+ out/, 4)
  write(`/quit${ENTER}`)
}

async function watchedRun({take}: Session): Promise<void> {
  const look = {hasCursor: false, isAlive: true}
  for (const event of [
    'Sandbox ready',
    'to see what',
    '3 failed',
    'It is lost',
    '1 file changed',
  ]) {
    await take(event, 1.8, look)
  }
  await take('Run ended:', 4, {hasCursor: false})
}
