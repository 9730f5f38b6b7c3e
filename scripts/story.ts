// `npm start`: starts the local cloud and shows a whole session with the real CLI, in a separate
// home. At a terminal with a browser the user signs in; otherwise, or with `-- --yes`, a headless
// browser fills in the sign-in page. At a terminal it ends in the app.
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {type LocalCloud, settingLines, startLocalCloud} from '@mogplex/local-cloud'
import {ownFolders} from '../test/support/home-variables.js'

const CLI = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const SIGNED_OUT = 64
const OF_BROWSER = ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'BROWSER']
/** The size of the terminal, and the options of the user. */
const OF_TERMINAL = [
  'COLORTERM',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'NO_COLOR',
  'STY',
  'TERM_PROGRAM',
  'TMUX',
  'XTERM_VERSION',
]

interface Stage {
  readonly cloud: LocalCloud
  readonly home: string
}

// Ctrl+C reaches the CLI too, which ends; then the temporary files are removed.
process.on('SIGINT', () => undefined)

const home = await mkdtemp(join(tmpdir(), 'mogplex-story-'))
const cloud = await startLocalCloud({inferenceAccepts: 'oauth'})
try {
  await tell({cloud, home})
} finally {
  await cloud.close()
  await rm(home, {recursive: true, force: true})
}

async function tell(stage: Stage): Promise<void> {
  const isPerson = hasPerson() && !process.argv.includes('--yes')
  const byHand = isPerson && hasBrowser()
  say(`A Mogplex of your own runs at ${cloud.url}. Nothing leaves this machine.`)

  say('Nobody is signed in yet: a script would see exit code 64.')
  await run(stage, ['whoami'], SIGNED_OUT)

  if (byHand) {
    say('Sign in: your browser opens, and the form is filled in already.')
    await run(stage, ['login'], 0)
  } else {
    say('Sign in. Here a driver fills in the page, as a browser would.')
    await runDriven(stage)
  }

  say('Who is that, and where does the credential come from?')
  await run(stage, ['whoami'], 0)

  say('Ask something. A login pays here; the hosted service takes API keys for that today.')
  await run(stage, ['--prompt', 'What is a nanosecond?'], 0)

  say('A variable outranks what is stored, and whoami says so.')
  await run(stage, ['whoami'], 0, {OPENAI_API_KEY: 'sk-only-for-this-story'})

  if (isPerson) {
    say('Now the app itself. Ask something, try /model, /logout and /help; /quit ends the story.')
    await once(start(stage, [], pick(OF_TERMINAL)), 'exit')
    sayHowToGoOn()
    return
  }

  say('Sign out. The receipt says what was removed, and what was not.')
  await run(stage, ['logout'], 0, {OPENAI_API_KEY: 'sk-only-for-this-story'})

  sayHowToGoOn()
}

function sayHowToGoOn(): void {
  say('That was the whole story. To go on by yourself, start a cloud that stays:')
  print('  npm run cloud -- --inference-accepts oauth\n')
  print('and in another terminal, in this folder:\n')
  for (const line of linesToGoOn()) print(`  ${line}`)
  print('  node bin/run.js login\n')
}

/** Variables that select that cloud, and leave your own login untouched. */
function linesToGoOn(): string[] {
  const variables = {MOGPLEX_URL: 'http://127.0.0.1:24800', MOGPLEX_DEV: '1'}
  if (process.platform !== 'win32') {
    const home = 'export MOGPLEX_HOME="$(mktemp -d)"     # leaves your own login alone'
    return [...settingLines(variables, process.platform).map(({line}) => line), home]
  }
  const home = join(tmpdir(), 'mogplex-story') // leaves your own login untouched
  return settingLines({...variables, MOGPLEX_HOME: home}, process.platform).map(
    ({shell, line}) => `${line}   (${shell ?? ''})`,
  )
}

/** Runs the CLI as a user sees it. */
async function run(
  stage: Stage,
  args: readonly string[],
  expected: number,
  env: Record<string, string> = {},
): Promise<void> {
  show(args, env)
  await end(start(stage, args, env), expected)
}

/** Signs in without a person: reads the address from the screen, and follows it. */
async function runDriven(stage: Stage): Promise<void> {
  const args = ['login', '--no-browser']
  show(args, {})
  const child = start(stage, args, {}, true)
  const ended = end(child, 0)
  let driven: Promise<unknown> | undefined
  if (child.stderr !== null) {
    for await (const line of createInterface({input: child.stderr})) {
      process.stderr.write(`${line}\n`)
      const isAddress = line.startsWith(`${stage.cloud.url}/`)
      if (isAddress) driven ??= stage.cloud.browser('ada@example.test').visit(line)
    }
  }
  await Promise.all([driven, ended])
}

function start(
  {cloud: {url}, home: folder}: Stage,
  args: readonly string[],
  env: Record<string, string>,
  readsStderr = false,
): ChildProcess {
  const {PATH = '', TERM = 'dumb'} = process.env
  return spawn(process.execPath, [CLI, ...args], {
    stdio: ['inherit', 'inherit', readsStderr ? 'pipe' : 'inherit'],
    env: {
      ...pick(OF_BROWSER),
      ...ownFolders(folder),
      PATH,
      TERM,
      MOGPLEX_URL: url,
      MOGPLEX_DEV: '1',
      ...env,
    },
  })
}

async function end(child: ChildProcess, expected: number): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== expected) throw new Error(`Ended with ${code ?? 'a signal'}, not ${expected}.`)
}

/** Our own variables that are set. */
function pick(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function hasPerson(): boolean {
  const {stdin, stdout, stderr, env} = process
  return stdin.isTTY && stdout.isTTY && stderr.isTTY && !env.CI
}

function hasBrowser(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true
  const {BROWSER, DISPLAY, WAYLAND_DISPLAY} = process.env
  return [BROWSER, DISPLAY, WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '')
}

function show(args: readonly string[], env: Record<string, string>): void {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value} `)
  const words = args.map((word) => (word.includes(' ') ? `"${word}"` : word))
  print(`$ ${variables.join('')}mogplex ${words.join(' ')}`)
}

function say(text: string): void {
  print(`\n# ${text}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
