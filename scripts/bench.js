// `npm run bench [ROUNDS]`: what the built CLI costs at its start, as a ratio to `node -e 0`.
// CPU, not time: this machine has other things to do. Every round runs all, one after the other.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ownFolders} from '../test/support/home-variables.ts'

const ROUNDS = Number(process.argv[2] ?? 25)
const CLI = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const PROBE = fileURLToPath(new URL('cpu-probe.cjs', import.meta.url))
const BARE = 'node -e 0'

const contenders = {
  [BARE]: ['-e', '0'],
  whoami: [CLI, 'whoami'],
  '--version': [CLI, '--version'],
  '--help': [CLI, '--help'],
}

const home = homeWithLogin()
try {
  const rounds = Array.from({length: ROUNDS}, () =>
    Object.fromEntries(Object.entries(contenders).map(([name, args]) => [name, cpuMs(args)])),
  )
  for (const name of Object.keys(contenders)) {
    const ms = median(rounds.map((round) => round[name]))
    const ratio = median(rounds.map((round) => round[name] / round[BARE]))
    console.log(`${name.padEnd(12)}${ms.toFixed(1).padStart(8)} ms${ratio.toFixed(2).padStart(8)}`)
  }
} finally {
  rmSync(home, {recursive: true, force: true})
}

/** An environment made from nothing: NODE_EXTRA_CA_CERTS alone would triple all of it. */
function cpuMs(args) {
  const {status, output} = spawnSync(process.execPath, ['--require', PROBE, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: {...ownFolders(home), PATH: process.env.PATH, LANG: 'C.UTF-8'},
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}.`)
  return Number(output[3]) / 1000
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function homeWithLogin() {
  const folder = mkdtempSync(join(tmpdir(), 'mogplex-bench-'))
  mkdirSync(join(folder, '.mogplex'), {mode: 0o700})
  const mogplex = {
    ...{type: 'oauth', issuer: 'https://mogplex.com', clientId: 'mogplex-cli'},
    ...{accessToken: 'only-for-the-bench', scopes: ['read', 'write'], grantId: 'bench'},
    account: {id: 'usr_1', email: 'ada@example.test', name: 'Ada'},
    expiresAt: '2099-01-01T00:00:00.000Z',
    obtainedAt: '2025-01-01T00:00:00.000Z',
    verifiedAt: null,
  }
  const path = join(folder, '.mogplex', 'auth.json')
  writeFileSync(path, JSON.stringify({mogplex}), {mode: 0o600})
  return folder
}
