import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const SPENT = {expiresAt: new Date(Date.now() - 1000).toISOString()}
const FILES = [
  'auth.json.refresh',
  'auth.json.refresh.lock',
  'auth.json.lock',
  'hosted/models.json',
  'hosted/mcp-servers.json',
  'model-choices.json',
  'history.jsonl',
  'logs/readme.jsonl',
  'attached-runs.json',
]

describe('a home that others prepared', () => {
  const stage = setStage()
  let home: string
  let outside: string
  let refreshed: number

  beforeEach(async function () {
    this.currentTest?.timeout(60_000) // whole processes, one after the other
    const login = await stage.putLogin()
    await stage.putAuthFile(JSON.stringify({mogplex: {...login, ...SPENT}}))
    home = dirname(stage.authPath)
    refreshed = refreshes()
    outside = join(stage.home, 'outside')
    for (const folder of ['hosted', 'logs']) mkdirSync(join(home, folder), {mode: 0o700})
    mkdirSync(outside)
    writeFileSync(join(outside, 'theirs'), 'theirs', {mode: 0o644})
  })

  const kinds: [what: string, make: (path: string) => unknown][] = [
    ['pipes', (path) => execFileSync('mkfifo', [path])],
    ['links', (path) => symlinkSync(join(outside, 'theirs'), path)],
    ['links that lead nowhere', (path) => symlinkSync(join(outside, 'nowhere'), path)],
    ['files of 3 GB', (path) => grow(path)],
  ]
  for (const [what, make] of kinds) {
    it(`blocks nothing with ${what}, and leads nowhere outside`, async () => {
      for (const file of FILES) make(join(home, file))
      expectExit(await stage.run(['whoami', '--verify'], {timeoutMs: 30_000}), 0)
      expectExit(await stage.run(['models', '--refresh'], {timeoutMs: 30_000}), 0)
      expectExit(await stage.run(['mcp'], {timeoutMs: 30_000}), 0)
      expectExit(await stage.run(['logs'], {timeoutMs: 30_000}), 0)
      expectExit(await stage.run(['logout'], {timeoutMs: 30_000}), 0)
      expect(readFileSync(join(outside, 'theirs'), 'utf8')).to.equal('theirs')
      expect(statSync(join(outside, 'theirs')).mode & 0o777).to.equal(0o644)
      expect(readdirSync(outside)).to.deep.equal(['theirs'])
      for (const file of FILES) rmSync(join(home, file), {force: true}) // too large to be searched
    })
  }

  for (const name of ['auth.json.refresh', 'auth.json.refresh.lock', 'auth.json.lock']) {
    it(`is named with exit 1 where a folder is in the place of ${name}, and nothing is sent`, async () => {
      mkdirSync(join(home, name))
      const result = await stage.run(['whoami', '--verify'])
      expectExit(result, 1)
      expect(result.stderr).to.include(`${join(home, name)} cannot be written`)
      expect(refreshes()).to.equal(refreshed)
    })
  }

  it('is reported once when it was open to others, with the files that they could read', async () => {
    chmodSync(home, 0o755)
    chmodSync(stage.authPath, 0o644)
    const {stderr} = await stage.run(['whoami', '--json'])
    expect(stderr).to.match(
      /^\S+\.mogplex was open to other users \(mode 755\), .* auth\.json\. .*\n$/,
    )
    expect(statSync(home).mode & 0o777).to.equal(0o700)
    expect((await stage.run(['whoami', '--json'])).stderr).to.equal('')
  })

  it('spends no refresh token while auth.json has another name, and no login begins', async () => {
    linkSync(stage.authPath, join(outside, 'auth.json'))
    const before = await stage.authText()
    for (const args of [['whoami', '--verify'], ['login', '--no-browser'], ['logout']]) {
      const result = await stage.run(args)
      expectExit(result, 1)
      expect(result.stderr).to.include(`${stage.authPath} has another name (a hard link)`)
    }
    expect(refreshes()).to.equal(refreshed)
    expect(await stage.authText()).to.equal(before)
  })

  function refreshes(): number {
    return stage.cloud.requests.filter(({grantType}) => grantType === 'refresh_token').length
  }
})

function grow(path: string): void {
  writeFileSync(path, '', {mode: 0o600})
  truncateSync(path, 3 * 2 ** 30)
}
