// `npm run bench [ROUNDS]`: the start-up cost of the built CLI, as a ratio to `node -e 0`: CPU
// time, memory. CPU time, not wall time: other programs run on this machine. Every round runs all,
// one after the other.
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ownFolders} from '../test/support/home-variables.ts'
import {RUN_ID, SERVER} from './bench-server.js'

const ROUNDS = Number(process.argv[2] ?? 25)
const CLI = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const PROBE = fileURLToPath(new URL('cpu-probe.cjs', import.meta.url))
const BARE = 'node -e 0'

// A bare Node script that produces the same answer.
const PRINT_MODELS = `const {readFileSync} = require('node:fs')
for (const model of JSON.parse(readFileSync(process.argv[1], 'utf8')).models)
  process.stdout.write(JSON.stringify(model) + '\\n')`

const FETCH = `const headers = {authorization: 'Bearer ' + process.env.MOGPLEX_API_KEY}
const ask = async (url) => (await fetch(url, {headers})).json()
Promise.all(process.argv.slice(1).map(ask)).then((answers) => process.stdout.write(JSON.stringify(answers)))`

/** The seconds of processor time of a program, on file descriptor 3. */
const TIMED = 'TIMEFORMAT="%U %S"; { time "$@" 3>&-; } 2>&3'

const CACHE_OFF = {MOGPLEX_CACHE: 'off'}
const home = homeWithLogin()
const copy = join(home, '.mogplex', 'hosted', 'models.json')
const server = spawn(process.execPath, [SERVER], {stdio: ['ignore', 'pipe', 'inherit']})
const url = `http://127.0.0.1:${String(await once(server.stdout, 'data')).trim()}`
const AT_SERVER = {
  MOGPLEX_API_KEY: 'mog_onlyforthebenchonlyforthebench12',
  MOGPLEX_URL: url,
  MOGPLEX_DEV: '1',
}
const ACCOUNT = [`${url}/api/v1/mogplex/repos?limit=1`, `${url}/api/auth/user`]
const EVENTS = `${url}/api/v1/mogplex/runs/${RUN_ID}/events?limit=200`
/** A name, Node's arguments, additional variables, and the baseline to compare with. */
const contenders = [
  [BARE, ['-e', '0']],
  ['whoami', [CLI, 'whoami']],
  ['whoami --json', [CLI, 'whoami', '--json']],
  ['whoami --require account', [CLI, 'whoami', '--require', 'account']],
  ['whoami --short', [CLI, 'whoami', '--short']],
  ['--version', [CLI, '--version']],
  ['--help', [CLI, '--help']],
  ['login --help', [CLI, 'login', '--help']],
  ['logout --json, nothing to do', [CLI, 'logout', '--json', '--provider', 'groq']],
  ['whoami, no code cache', [CLI, 'whoami'], CACHE_OFF],
  ['whoami, a plugin installed', [CLI, 'whoami'], {MOGPLEX_DATA_DIR: dataFolderWithPlugin()}],
  ['Node prints 50 models', ['-e', PRINT_MODELS, copy]],
  ['models --json from the copy', [CLI, 'models', '--json'], {}, 'Node prints 50 models'],
  ['fetch asks for an account', ['-e', FETCH, ...ACCOUNT], AT_SERVER],
  ['whoami --verify', [CLI, 'whoami', '--verify'], AT_SERVER, 'fetch asks for an account'],
  ['fetch asks for a run', ['-e', FETCH, EVENTS], AT_SERVER],
  ['attach --json', [CLI, 'attach', RUN_ID, '--json'], AT_SERVER, 'fetch asks for a run'],
]

try {
  // the first run of each creates its cache
  for (const [, args, env] of contenders) costOf(args, env)
  const rounds = Array.from({length: ROUNDS}, () =>
    Object.fromEntries(contenders.map(([name, args, env]) => [name, costOf(args, env)])),
  )
  for (const [name, , , other = BARE] of contenders) {
    const ms = median(rounds.map((round) => round[name].ms))
    const [cpu, memory] = ['ms', 'kB'].map((unit) =>
      median(rounds.map((round) => round[name][unit] / round[other][unit])).toFixed(2),
    )
    const columns = [name.padEnd(30), `${ms.toFixed(1)} ms`.padStart(11), cpu.padStart(8)]
    console.log(`${columns.join('')}${memory.padStart(8)}`)
  }
} finally {
  server.kill()
  rmSync(home, {recursive: true, force: true})
}

/** Twice, since the CLI takes longer where an option of Node may have loaded other code. */
function costOf(args, env = {}) {
  const [user, system] = run('bash', ['-c', TIMED, 'bash', process.execPath, ...args], env).split(
    ' ',
  )
  const kB = run(process.execPath, ['--require', PROBE, ...args], env).split(' ')[1]
  return {ms: (Number(user) + Number(system)) * 1000, kB: Number(kB)}
}

/** A minimal environment: NODE_EXTRA_CA_CERTS alone would triple every figure. */
function run(program, args, env) {
  const {status, output} = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: {...ownFolders(home), PATH: process.env.PATH, LANG: 'C.UTF-8', ...env},
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}.`)
  return String(output[3])
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** A plugin with a command and a manifest, linked as by `mogplex plugins link`. */
function dataFolderWithPlugin() {
  const folder = join(home, 'data')
  const root = join(folder, 'hello')
  mkdirSync(root, {recursive: true})
  const [name, version] = ['hello', '1.0.0']
  const plugins = [{type: 'link', name, root}]
  writeFileSync(join(folder, 'package.json'), JSON.stringify({oclif: {schema: 1, plugins}}))
  const oclif = {commands: './commands'}
  writeFileSync(join(root, 'package.json'), JSON.stringify({name, version, oclif}))
  const hello = {id: 'hello', aliases: [], args: {}, flags: {}, summary: 'Say hello.', strict: true}
  const manifest = {version, commands: {hello: {...hello, pluginName: name, pluginType: 'link'}}}
  writeFileSync(join(root, 'oclif.manifest.json'), JSON.stringify(manifest))
  return folder
}

function homeWithLogin() {
  const folder = mkdtempSync(join(tmpdir(), 'mogplex-bench-'))
  mkdirSync(join(folder, '.mogplex'), {mode: 0o700})
  const mogplex = {
    type: 'oauth',
    issuer: 'https://mogplex.com',
    clientId: 'mogplex-cli',
    accessToken: 'only-for-the-bench',
    scopes: ['read', 'write'],
    grantId: 'bench',
    account: {id: 'usr_1', email: 'ada@example.test', name: 'Ada'},
    expiresAt: '2099-01-01T00:00:00.000Z',
    obtainedAt: '2025-01-01T00:00:00.000Z',
    verifiedAt: null,
  }
  const path = join(folder, '.mogplex', 'auth.json')
  writeFileSync(path, JSON.stringify({mogplex}), {mode: 0o600})
  const hosted = join(folder, '.mogplex', 'hosted')
  mkdirSync(hosted, {mode: 0o700})
  const models = Array.from({length: 50}, (_, index) => ({id: `openai/gpt-${index}`}))
  const account = {issuer: 'https://mogplex.com', id: 'usr_1'}
  const copy = {account, syncedAt: '2026-01-01T00:00:00.000Z', models}
  writeFileSync(join(hosted, 'models.json'), JSON.stringify(copy), {mode: 0o600})
  return folder
}
