import {existsSync} from 'node:fs'
import {expect} from 'chai'
import {mkdir, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const CRASH = preload('crash-on-request.cjs')
const LOUD = {DEBUG: '*', NODE_DEBUG: 'http', MOGPLEX_LOG_LEVEL: 'debug'}
const PROMPT = 'Tell nobody about the blue giraffe'

interface Line {
  time: string
  level: string
  event: string
  session: string
}

// After each test the home and all output are searched for every secret that was used.
describe('session logs', () => {
  const stage = setStage({runPace: 0})

  const folder = (): string => join(dirname(stage.authPath), 'logs')
  const logs = async (): Promise<string[]> =>
    (await readdir(folder())).map((name) => join(folder(), name))

  it('record a whole session, with all debug output, and no secret', async () => {
    const env = {...stage.env, ...LOUD}
    stage.env = env
    await stage.signIn(ADA)
    expectExit(await stage.run(['whoami']), 0)
    expectExit(await stage.run(['whoami', '--verify', '--explain']), 0)
    expectExit(await stage.run(['models', '--refresh']), 0)
    expectExit(await stage.run(['mcp', '--refresh', '--json']), 0)
    const key = await stage.cloud.createKey(ADA)
    const asked = await stage.run(['--prompt', PROMPT], {env: {MOGPLEX_API_KEY: key}})
    expectExit(asked, 0)
    const runId = stage.cloud.startRun(ADA, 'hostile')
    await stage.run(['attach', runId])
    const rejected = stage.secret('mog_0123456789abcdef0123456789ABCDEF')
    const refused = await stage.run(['login', '--with-api-key', '--json'], {stdin: `${rejected}\n`})
    expectExit(refused, 64)
    const crash = await stage.run(['models', '--refresh', '--json'], {
      env: CRASH,
    })
    expectExit(crash, 1)
    expect(crash.stdout.match(/UNEXPECTED/g), 'both requests fail').to.have.length(1)
    const {message, remedy} = jsonErrorOf(crash)
    expect(message).to.include('It failed with').and.to.include('[redacted]')
    expect(remedy).to.include(folder())
    const told = await stage.run(['whoami', '--verify'], {
      env: CRASH,
    })
    expectExit(told, 1)
    expect(told.stderr).to.match(/\nDetails in ~\/\.mogplex\/logs\/\S+\.jsonl\n/)
    expectExit(await stage.run(['logout']), 0)

    const paths = await logs()
    const lines: Line[] = []
    for (const path of paths) {
      expect((await stat(path)).mode & 0o777).to.equal(0o600)
      const text = await readFile(path, 'utf8')
      expect(text).not.to.include('giraffe')
      lines.push(
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Line),
      )
    }
    const events = new Set(lines.map(({event}) => event))
    expect([...events]).to.include.members([
      'session.started',
      'credential.resolved',
      'session.ended',
      'crash',
      'error',
      'http.request',
      'http.response',
      'login.started',
      'login.authorization',
      'login.completed',
      'login.failed',
      'logout.completed',
      'hosted.synced',
      'file.written',
      'attach.started',
      'attach.ended',
      'prompt.ended',
    ])
    expect(new Set(lines.map(({session}) => session)).size).to.equal(paths.length)

    const listed = await stage.run(['logs', '--json'], {env: {DEBUG: ''}})
    const sessions = jsonLines(listed) as {id: string; command: string; exitCode: number}[]
    expect(sessions.map(({command, exitCode}) => `${command} ${exitCode}`)).to.deep.equal([
      'logout 0',
      'whoami 1',
      'models 1',
      'login 64',
      ...sessions.slice(4, 5).map(({exitCode}) => `attach ${exitCode}`),
      ' 0',
      'mcp 0',
      'models 0',
      'whoami 0',
      'login 0',
    ])
    const first = sessions.at(-1)?.id ?? ''
    const shown = await stage.run(['logs', 'show', first])
    expect(shown.stdout).to.include('login.completed').and.to.include('state=[redacted]')
    const byPart = await stage.run(['logs', 'show', first.slice(-6)])
    expect(byPart.stdout).to.equal(shown.stdout)
    const newest = await stage.run(['logs', 'show', '--json'])
    expect((jsonLines(newest) as Line[])[0]?.session).to.equal(sessions[0]?.id)
    expect(jsonOf(await stage.run(['logs', 'verify', '--json']))).to.include({found: 0})
    expect(await logs()).to.have.length(paths.length)
  }).timeout(240_000)

  it('are not written by commands without requests and changes', async () => {
    expectExit(await stage.run(['--prompt', 'hi']), 64)
    expect(existsSync(dirname(stage.authPath))).to.equal(false)
    await stage.putLogin()
    await stage.putAuthFile((await stage.authText()) ?? '')
    for (const args of [['whoami'], ['--version'], ['login', '--help'], ['logs'], ['nonsense']]) {
      await stage.run(args)
    }
    expect(await readdir(dirname(stage.authPath))).to.deep.equal(['auth.json'])
  }).timeout(60_000)

  it('do not make a command fail: a file or a foreign folder in their place', async () => {
    await stage.putLogin()
    await writeFile(folder(), '')
    const first = await stage.run(['whoami', '--verify'])
    expectExit(first, 0)
    expect(first.stderr).to.equal('')
  }).timeout(60_000)

  it('stay out of a folder that is linked in their place', async () => {
    await stage.putLogin()
    const foreign = join(stage.home, 'foreign')
    await mkdir(foreign)
    await symlink(foreign, folder())
    expectExit(await stage.run(['whoami', '--verify']), 0)
    expect(await readdir(foreign)).to.deep.equal([])
  }).timeout(60_000)

  it('are reported as leaky when they are: exit 1, and the secret is not repeated', async () => {
    const key = stage.secret('sk-proj-0123456789abcdefABCDEF')
    await mkdir(folder(), {recursive: true, mode: 0o700})
    const encoded = Buffer.from(`x${key}`).toString('base64')
    const path = join(folder(), 'something-else.txt')
    await writeFile(path, `fine\n${encoded}\n`)
    const found = await stage.run(['logs', 'verify'], {env: {OPENAI_API_KEY: key}})
    expectExit(found, 1)
    expect(found.stdout).to.include('1 secret in 1 file').and.to.include('line 2')
    await writeFile(path, 'fine\n')
    expectExit(await stage.run(['logs', 'verify'], {env: {OPENAI_API_KEY: key}}), 0)
    expectExit(await stage.run(['logs', 'show', 'nonsense']), 2)
    expectExit(await stage.run(['logs', 'show']), 1)
  }).timeout(60_000)
})
