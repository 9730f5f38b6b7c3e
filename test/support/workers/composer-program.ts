// A program that contains only the composer, for tests that press keys in a real terminal. It
// prints each line that it got; a few words make it behave like the app.
import {setTimeout as wait} from 'node:timers/promises'
import {replaceFile} from '../../../src/adapters/atomic-write.js'
import {systemClock} from '../../../src/adapters/clock.js'
import {HistoryFile} from '../../../src/adapters/history-file.js'
import {ensureFolder} from '../../../src/adapters/home.js'
import {openComposer} from '../../../src/app/composer/open-composer.js'
import {paletteFor, wantsColour} from '../../../src/terminal/palette.js'
import {clear} from '../../../src/app/slash/clear.js'
import {help} from '../../../src/app/slash/help.js'
import {quit} from '../../../src/app/slash/quit.js'
import {runSlash, SlashRegistry} from '../../../src/app/slash/registry.js'
import type {AppSlashCommand, AppSlashContext} from '../../../src/app/slash/app-slash-command.js'

const MODELS = ['anthropic/claude-opus', 'anthropic/claude-sonnet', 'openai/gpt']
const ANSWER =
  'The composer keeps what you type while an answer streams in. Words are never broken, not even ' +
  'these, and an address stands on a line of its own: https://mogplex.com/docs\n\n'

const {stdin, stdout, env} = process
const palette = paletteFor(wantsColour(stdout, env, []))

const model: AppSlashCommand = {
  name: 'model',
  argument: 'MODEL',
  summary: 'Choose the model that answers',
  complete: (typed) =>
    MODELS.filter((name) => name.startsWith(typed)).map((value) => ({value, summary: 'a model'})),
  run({print}, args) {
    print(`The model is ${args.join(' ') || 'the same'} now.`)
  },
}
const others = [
  ['login', 'Sign in'],
  ['logout', 'Sign out, with a receipt'],
  ['whoami', 'Show who is signed in, and what pays'],
  ['mcp', 'List the MCP servers of the account'],
].map(([name = '', summary = '']): AppSlashCommand => ({name, summary, run() {}}))
const commands = new SlashRegistry([...others, model, clear, help, quit])

const history = new HistoryFile({
  home: `${env.HOME ?? '/tmp'}/.mogplex`,
  clock: systemClock,
  loadIsSecret: async () => (text) => text.includes('hunter2'),
  loadWriter: async () => Promise.resolve({ensureFolder, replaceFile, isFencedOff: () => false}),
})

const composer = openComposer({
  stdin,
  stdout,
  env,
  palette,
  history,
  complete: commands.complete,
  ...(env.CLOCK === 'stands' && {now: () => 0}),
  header: ['ada@example.com', 'anthropic/claude-opus', 'Mogplex pays'],
})
const state = {hasLeft: false}
const context: AppSlashContext = {
  palette,
  commands,
  run: async (line: string) => {
    await runSlash(line, commands, context)
  },
  signal: new AbortController().signal,
  print: (text: string) => composer.print(text),
  clear: () => composer.clear(),
  pick: async () => Promise.resolve(undefined),
  leave: () => {
    state.hasLeft = true
  },
  get columns() {
    return stdout.columns
  },
}

function crash(): never {
  throw new Error('crashed on purpose')
}

async function answer(pieces: number, heedless: boolean): Promise<void> {
  await composer.interruptible('Answering', async (signal, write) => {
    const words = ANSWER.split(/(?<= )/)
    for (let index = 0; index < pieces; index += 1) {
      if (!heedless) signal.throwIfAborted()
      write(words[index % words.length] ?? '')
      // otherwise work that ignores its signal would keep the program alive
      await wait(15, undefined, {ref: false})
    }
  })
}

async function obey(line: string): Promise<void> {
  const [word, ...rest] = line.split(' ')
  if (word === 'stream') await answer(Number(rest[0] ?? Infinity), rest.includes('heedless'))
  else if (word === 'header') composer.setHeader(rest)
  else if (word === 'pid') composer.print(`pid ${process.pid}`)
  else if (word === 'later') setTimeout(() => composer.setHeader(['nobody is signed in']), 300)
  else if (word === 'crash') setTimeout(() => crash(), 10)
  else if (word === 'exit')
    setTimeout(() => process.exit(7), 10) // eslint-disable-line no-restricted-properties
  else if (word === 'away') {
    composer.pause()
    stdout.write(`raw: ${String(stdin.isRaw)}\n`)
    await wait(Number(rest[0] ?? 300))
    composer.resume()
  } else if (!(await runSlash(line, commands, context))) {
    composer.print(`got ${JSON.stringify(line)}`)
  }
}

for (;;) {
  const line = state.hasLeft ? undefined : await composer.read()
  if (line === undefined) break
  try {
    await obey(line)
  } catch (error) {
    composer.print(error instanceof Error ? error.message : String(error))
  }
}
composer.close()
console.log('goodbye')
