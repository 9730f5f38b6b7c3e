// `npm run hot-modules`: records which modules the quick commands load. Run it when
// test/e2e/start-up.test.ts reports that one of them needs a file that is not listed.
import {spawnSync} from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ownFolders} from '../test/support/home-variables.ts'
import {bundle} from './bundle.js'

const QUICK = [
  ['whoami'],
  ['whoami', '--json'],
  ['whoami', '--short'],
  ['--profile', 'work', 'whoami'],
  ['whoami', '--require', 'account'],
  ['whoami', '--require', 'model'],
  ['whoami', '--short'],
  ['--version'],
  ['--version', '--json'],
  ['logout', '--json', '--provider', 'groq'],
]
/** Less frequent runs: the additional modules that they load are in a separate file. */
const LESS_QUICK = [['--help'], ['login', '--help'], ['models', '--json']]
const QUICK_SIGNED_OUT = [['logout', '--json']]
// The start of a module, as esbuild writes it, and its first call.
const WRAPPER = /__(commonJS|esm)=\((cb|fn)(.*?)=>function (__require|__init)\(\)\{/g

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mogplex-hot-'))
try {
  for (const name of ['bin', 'docs', 'dist', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(root, name), join(folder, name), {recursive: true})
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [name, text] of await bundle(root, {hot: [], warm: []})) {
    writeFileSync(join(folder, 'dist', name), name.endsWith('.cjs') ? telling(text) : text)
  }
  putLogin(join(folder, '.mogplex'))
  putLogin(join(folder, '.mogplex', 'profiles', 'work'))
  const used = new Set(QUICK.flatMap((words) => modulesOf(words)))
  const usedToo = new Set(LESS_QUICK.flatMap((words) => modulesOf(words)))
  rmSync(join(folder, '.mogplex'), {recursive: true})
  for (const id of QUICK_SIGNED_OUT.flatMap((words) => modulesOf(words))) used.add(id)
  const hot = oursIn(used)
  const warm = oursIn(usedToo).filter((id) => !used.has(id))
  const list = join(root, 'scripts/bundle/hot-modules.json')
  writeFileSync(list, `${JSON.stringify({hot, warm}, undefined, 2)}\n`)
  console.log(`${hot.length} and ${warm.length} modules`)
} finally {
  rmSync(folder, {recursive: true, force: true})
}

function oursIn(ids) {
  return [...ids].filter((id) => /^(?:node_modules|packages|src)\//.test(id)).sort()
}

/** Makes each module report its name when it runs. */
function telling(text) {
  return text.replaceAll(WRAPPER, (start, _kind, part) => {
    const tell = `(globalThis.modulesThatRan ??= new Set()).add(Object.keys(${part})[0])`
    return `${start}${part}&&${tell};`
  })
}

function modulesOf(words) {
  const told = join(folder, 'told')
  const preload = join(folder, 'preload.cjs')
  const write = `require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify([...modulesThatRan]))`
  writeFileSync(preload, `process.once('exit', () => ${write})`)
  const {status, stderr} = spawnSync(
    process.execPath,
    ['--require', preload, join(folder, 'bin/run.js'), ...words],
    {env: {...ownFolders(folder), PATH: process.env.PATH, MOGPLEX_CACHE: 'off'}, encoding: 'utf8'},
  )
  if (status !== 0) throw new Error(`mogplex ${words.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(readFileSync(told, 'utf8'))
}

function putLogin(home) {
  mkdirSync(home, {recursive: true, mode: 0o700})
  const mogplex = {
    type: 'oauth',
    issuer: 'https://mogplex.com',
    clientId: 'mogplex-cli',
    accessToken: 'only-to-look-at-it',
    scopes: ['read', 'write'],
    grantId: 'hot',
    account: {id: 'usr_1', email: 'ada@example.test', name: 'Ada'},
    expiresAt: '2099-01-01T00:00:00.000Z',
    obtainedAt: '2025-01-01T00:00:00.000Z',
    verifiedAt: null,
    // A sync found out who pays, which is reported only to a person at a terminal.
    prompts: {accepted: true, at: '2025-01-01T00:00:00.000Z', untold: true},
  }
  writeFileSync(join(home, 'auth.json'), JSON.stringify({mogplex}), {mode: 0o600})
  mkdirSync(join(home, 'hosted'), {mode: 0o700})
  const copy = {
    account: {issuer: mogplex.issuer, id: mogplex.account.id},
    syncedAt: '2026-01-01T00:00:00.000Z',
    models: [{id: 'openai/gpt'}],
  }
  writeFileSync(join(home, 'hosted', 'models.json'), JSON.stringify(copy), {mode: 0o600})
}
