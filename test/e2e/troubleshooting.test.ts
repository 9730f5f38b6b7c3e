import {expect} from 'chai'
import {readFileSync} from 'node:fs'
import {chown, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {inspectProcess, thisMachine} from '../../src/adapters/file-lock/processes.js'
import {hasOpenssl, makeCertificates} from '../support/certificates.js'
import {type Command, plainCli, projectRoot} from '../support/cli-environment.js'
import {examined} from '../support/examined.js'
import {occupy} from '../support/free-ports.js'
import {shorterWaits} from '../support/preload.js'
import {startProxy} from '../support/proxy.js'
import type {CliResult} from '../support/run-cli.js'
import {expireStoredLogin} from '../support/server-stage.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'
import {startTlsFront} from '../support/tls-front.js'

const PAGE = readFileSync(join(projectRoot, 'docs', 'troubleshooting.md'), 'utf8')
const SYMPTOMS = [...PAGE.matchAll(/^\| (.+?) +\|/gm)].map(([, cell = '']) => cell)
const QUOTES = SYMPTOMS.flatMap((cell) => [...cell.matchAll(/"([^"]+)"/g)].map(([, q = '']) => q))

const LOGIN = ['login', '--no-browser']
const VERIFY = ['whoami', '--verify']
const HOST = 'cloud.example.test'

describe('docs/troubleshooting.md', function () {
  this.timeout(60_000)
  const stage = setStage()
  const key = async (): Promise<void> => {
    stage.env.MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
  }
  /** Runs the CLI in a process in which this code ran first. */
  async function beforehand(code: string): Promise<Command> {
    const file = join(stage.home, 'beforehand.cjs')
    await writeFile(file, code)
    const [node, ...rest] = plainCli
    return [node, '--require', file, ...rest]
  }

  /** Reproduces each quoted message: it is run, and has to be printed word by word. */
  const situations: Record<string, () => Promise<CliResult>> = {
    'cannot be reached': async () => stage.run(LOGIN, {env: {MOGPLEX_URL: 'http://127.0.0.1:1'}}),
    async 'cannot be trusted'() {
      const front = await startTlsFront(HOST, stage.cloud.url, makeCertificates(HOST))
      const proxy = await startProxy({hosts: {[`${HOST}:443`]: front.port}})
      const env = {MOGPLEX_URL: `https://${HOST}`, HTTPS_PROXY: `http://${proxy.host}`}
      return stage.run(LOGIN, {env})
    },
    async 'does not say how to sign in'() {
      const {url} = await startStubServer((response) => void response.writeHead(404).end())
      return stage.run(LOGIN, {env: {MOGPLEX_URL: url}})
    },
    async 'The browser cannot come back'() {
      await Promise.all(stage.ports.map(async (port) => occupy(port)))
      return stage.run(LOGIN)
    },
    async 'rejects MOGPLEX_API_KEY'() {
      const MOGPLEX_API_KEY = stage.secret('mog_nobodysnobodysnobodys123')
      return stage.run(VERIFY, {env: {MOGPLEX_API_KEY}})
    },
    async 'too many requests'() {
      await key()
      stage.intercept(async () => Promise.resolve(new Response('', {status: 429})))
      return stage.run(['models', '--refresh'])
    },
    'is set, and it cannot be a key': async () =>
      stage.run(['whoami'], {env: {MOGPLEX_API_KEY: '***'}}),
    async 'No Mogplex credential was found'() {
      await stage.putLogin()
      return stage.run(['whoami'], {env: {MOGPLEX_HOME: join(stage.home, 'another')}})
    },
    async 'auth.json cannot be read'() {
      await stage.putAuthFile('{"mogplex": {')
      return stage.run(['whoami'])
    },
    async 'belongs to another user'() {
      await stage.putAuthFile('{}')
      await chown(stage.authPath, 4242, 4242)
      return stage.run(['whoami'])
    },
    async 'the file system is read-only'() {
      const readOnly = await beforehand(
        `require('node:fs').mkdirSync = () => { throw Object.assign(new Error(), {code: 'EROFS'}) }
        require('node:module').syncBuiltinESMExports()`,
      )
      return stage.run(LOGIN, {command: readOnly})
    },
    async 'did not finish in time'() {
      const startTime = inspectProcess(process.pid)?.startTime ?? null
      const since = new Date().toISOString()
      const nonce = '0b52a1f0-3c1a-4c8e-9d7b-111111111111'
      const owner = {pid: process.pid, startTime, ...thisMachine(), nonce, since}
      await stage.putLogin()
      await expireStoredLogin(stage)
      await writeFile(`${stage.authPath}.refresh.lock`, JSON.stringify(owner), {mode: 0o600})
      return stage.run(['models', '--refresh'], {env: shorterWaits})
    },
    'is plain http to this machine': async () => stage.run(LOGIN, {env: {MOGPLEX_DEV: ''}}),
    'mogplex: command not found': async () =>
      stage.run([], {command: ['/bin/bash', '-c', 'mogplex'], env: {PATH: stage.home}}),
    async 'mogplex needs Node 20.19 or later'() {
      const versions = "{value: {...process.versions, node: '18.0.0'}}"
      const old = await beforehand(`Object.defineProperty(process, 'versions', ${versions})`)
      return stage.run([], {command: old})
    },
  }
  /** Messages that not every machine can reproduce. */
  const possible: Record<string, boolean> = {
    'cannot be trusted': hasOpenssl(),
    'belongs to another user': process.geteuid?.() === 0,
  }

  for (const quote of new Set(QUOTES)) {
    const run = possible[quote] === false ? it.skip : it
    run(`quotes what is printed: ${quote}`, async () => {
      const situation = situations[quote]
      if (situation === undefined) throw new Error('Nothing here brings it about.')
      const {code, stdout, stderr} = await situation()
      expect(code, stderr).not.to.equal(0)
      expect(stdout + stderr).to.include(quote)
    })
  }

  it('names exactly the checks of the doctor', async () => {
    const {findings} = await examined(stage)
    const checks = new Set(findings.map(({id}) => id))
    const named = [...PAGE.matchAll(/^\|[^|]+\| ((?:`[a-z-]+`(?:, )?)+) +\|/gm)].flatMap(
      ([, cell = '']) => cell.replaceAll('`', '').split(', '),
    )
    expect(named).to.have.length.greaterThan(20)
    expect([...checks, 'proxy', 'issuer']).to.include.members(named)
  })
})
