import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {chmod, chown, mkdir, stat} from 'node:fs/promises'
import {dirname} from 'node:path'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const isRoot = process.geteuid?.() === 0

describe('an auth.json that cannot be read', () => {
  const stage = setStage()
  const key = {MOGPLEX_API_KEY: 'mog_answers-without-the-file'}
  beforeEach(() => stage.secret(key.MOGPLEX_API_KEY))

  const kinds: [name: string, make: () => Promise<unknown>, names: string, code?: string][] = [
    [
      'broken',
      () => stage.putAuthFile('{"mogplex": {"accessToken": "half'),
      'JSON',
      'AUTH_FILE_BROKEN',
    ],
    ['a folder', () => mkdir(stage.authPath, {recursive: true, mode: 0o700}), 'folder'],
    ['a FIFO without a writer', makeFifo, 'FIFO'],
    ['too large', () => stage.putAuthFile(`{"a": "${'x'.repeat(1_100_000)}"}`), '1 MB'],
  ]
  for (const [kind, make, names, code = 'LOCAL_FILE'] of kinds) {
    it(`because it is ${kind}: whoami and logout report it and leave it, and a variable still works`, async () => {
      await make()
      const before = await stat(stage.authPath)
      const [whoami, logout, answered] = await Promise.all([
        stage.run(['whoami', '--json']),
        stage.run(['logout', '--json']),
        stage.run(['whoami', '--json'], {env: key}),
      ])
      for (const result of [whoami, logout]) {
        const error = jsonErrorOf(result)
        expect(error).to.include({code, exitCode: 1})
        expect(error.message).to.include(stage.authPath).and.to.include(names)
        expect(result.stdout + result.stderr).not.to.include('half')
      }
      expectExit(answered, 0)
      expect(answered.stderr).to.include(stage.authPath).and.to.include(names)
      expect(answered.stderr.trim().split('\n')).to.have.length(1)
      const after = await stat(stage.authPath)
      expect([after.ino, after.size]).to.deep.equal([before.ino, before.size])
    })
  }

  it('fails a login with 1, before anybody is asked, where a folder is in the place of the file', async () => {
    await mkdir(stage.authPath, {recursive: true, mode: 0o700})
    const before = stage.cloud.requests.length
    const result = await stage.run(['login', '--no-browser'])
    expectExit(result, 1)
    expect(result.stderr).to.include(stage.authPath)
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('is repaired, with one notice, when others may read it', async () => {
    await stage.putLogin()
    await chmod(stage.authPath, 0o644)
    const result = await stage.run(['whoami', '--json'])
    expectExit(result, 0)
    expect(result.stderr)
      .to.match(/^.*\b644\b.*\n$/)
      .and.to.include(stage.authPath)
    expect((await stat(stage.authPath)).mode & 0o777).to.equal(0o600)
    expect((await stage.run(['whoami'])).stderr).to.equal('')
  })

  const asRoot = isRoot ? it : it.skip
  asRoot('is refused when it belongs to another user (needs root)', async () => {
    await stage.putLogin()
    await chown(stage.authPath, 4242, 4242)
    const result = await stage.run(['whoami'])
    expectExit(result, 1)
    expect(result.stderr).to.include(stage.authPath)
    await chown(stage.authPath, 0, 0)
    await chown(dirname(stage.authPath), 4242, 4242)
    expectExit(await stage.run(['whoami']), 1)
    await chown(dirname(stage.authPath), 0, 0)
  })

  async function makeFifo(): Promise<void> {
    await mkdir(dirname(stage.authPath), {mode: 0o700})
    execFileSync('mkfifo', ['-m', '600', stage.authPath])
  }
})
