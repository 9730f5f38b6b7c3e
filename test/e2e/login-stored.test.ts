import {expect} from 'chai'
import {chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {builtCli} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'

// Values that JSON.parse and JSON.stringify would not preserve.
const FOREIGN = `"somebody-else" : {"big": 12345678901234567890, "n": 1.0, "e": 1e400, "u": "\\u00e9"},
    "__proto__": {"kept": ["as",   "it is"]}`

describe('mogplex login, and what is in auth.json', () => {
  const stage = setStage()

  async function modeOf(path: string): Promise<string> {
    return ((await stat(path)).mode & 0o777).toString(8)
  }

  it("stores the login in the users' format: whole, and for its owner only", async () => {
    await stage.signIn()
    const {accessToken, refreshToken, expiresAt, account, grantId, obtainedAt, prompts, ...rest} =
      await stage.storedLogin()
    expect(prompts).to.include({accepted: false})
    expect(rest).to.deep.equal({
      type: 'oauth',
      issuer: stage.cloud.url,
      baseUrl: stage.cloud.url,
      clientId: 'mogplex-cli',
      scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
      verifiedAt: null,
    })
    expect(stage.cloud.secrets()).to.include.members([accessToken, refreshToken])
    expect(account).to.include({email: 'ada@example.test', name: 'Ada Lovelace'})
    expect(grantId).to.match(/^[\da-f-]{36}$/)
    const lifetime = Date.parse(expiresAt ?? '') - Date.parse(obtainedAt)
    expect(lifetime).to.be.closeTo(3_600_000, 60_000)
    expect(await asideFiles()).to.deep.equal([])
  })

  for (const umask of ['000', '777']) {
    it(`gives the file 0600 and the folder 0700 under a umask of ${umask}`, async () => {
      const script = `umask ${umask}; exec "$@"`
      await stage.signIn(undefined, {command: ['/bin/sh', '-c', script, 'sh', ...builtCli]})
      expect(await modeOf(stage.authPath)).to.equal('600')
      expect(await modeOf(dirname(stage.authPath))).to.equal('700')
    })
  }

  it('removes the permissions of others from an existing folder and file', async () => {
    await stage.putAuthFile('{}\n')
    await chmod(stage.authPath, 0o644)
    await chmod(dirname(stage.authPath), 0o755)
    await stage.signIn()
    expect(await modeOf(stage.authPath)).to.equal('600')
    expect(await modeOf(dirname(stage.authPath))).to.equal('700')
  })

  it('leaves every other member byte for byte unchanged', async () => {
    await stage.putAuthFile(
      `{\r\n  ${FOREIGN},\r\n  "openai": {"type":"api-key","key":"k"}\r\n}\r\n`,
    )
    await stage.signIn()
    const text = (await stage.authText()) ?? ''
    expect(text).to.include(FOREIGN).and.to.include('"openai": {"type":"api-key","key":"k"}')
    const {stderr} = await stage.signIn('grace@example.test')
    expect(await stage.authText()).to.include(FOREIGN)
    expect(stderr).not.to.include('kept in')
  })

  it('replaces the login of another account, with a new grant', async () => {
    await stage.signIn('ada@example.test')
    const ada = await stage.storedLogin()
    await stage.signIn('grace@example.test')
    const grace = await stage.storedLogin()
    await stage.signIn('grace@example.test')
    const again = await stage.storedLogin()
    expect([ada, grace, again].map(({account}) => account?.email)).to.deep.equal([
      'ada@example.test',
      'grace@example.test',
      'grace@example.test',
    ])
    expect(new Set([ada, grace, again].map(({grantId}) => grantId)).size).to.equal(3)
    expect(new Set([ada, grace, again].map(({accessToken}) => accessToken)).size).to.equal(3)
  })

  it('saves a foreign mogplex member beside the file, and says so', async () => {
    const member = `{"token": "${stage.secret('of-an-older-program')}", "n": 1.0}`
    await stage.putAuthFile(`{"mogplex": ${member}, ${FOREIGN}}`)
    const {stderr} = await stage.signIn()
    const [kept = ''] = await asideFiles()
    expect(kept).to.match(/^auth\.json\.foreign-\d/)
    expect(stderr).to.include(`The previous contents are kept in ${beside(kept)}.`)
    expect(await readFile(beside(kept), 'utf8')).to.equal(`{"mogplex": ${member}}\n`)
    expect(await modeOf(beside(kept))).to.equal('600')
    expect(await stage.authText()).to.include(FOREIGN)
  })

  for (const broken of ['{"mogplex": {"type": "oauth"', '[1]']) {
    it(`saves a broken file (${JSON.stringify(broken)}) beside the new one, and says so`, async () => {
      await stage.putAuthFile(broken)
      const {stderr} = await stage.signIn()
      const [kept = ''] = await asideFiles()
      expect(kept).to.match(/^auth\.json\.broken-\d/)
      expect(stderr).to.include(`The previous contents are kept in ${beside(kept)}.`)
      expect(await readFile(beside(kept), 'utf8')).to.equal(broken)
      expect(await modeOf(beside(kept))).to.equal('600')
    })
  }

  it('treats an empty file as missing, and saves nothing of it', async () => {
    await stage.putAuthFile(' \n')
    const {stderr} = await stage.signIn()
    expect(stderr).not.to.include('kept in')
    expect(await asideFiles()).to.deep.equal([])
  })

  it('follows a symbolic link, and the link stays', async () => {
    const target = join(stage.home, 'elsewhere.json')
    await mkdir(dirname(stage.authPath), {mode: 0o700})
    await writeFile(target, `{${FOREIGN}}`, {mode: 0o600})
    await symlink(target, stage.authPath)
    await stage.signIn()
    expect((await lstat(stage.authPath)).isSymbolicLink()).to.equal(true)
    expect(await readFile(target, 'utf8'))
      .to.include(FOREIGN)
      .and.to.include('"mogplex"')
    await stage.run(['logout']) // files outside .mogplex are searched, too
  })

  async function asideFiles(): Promise<string[]> {
    const names = await readdir(dirname(stage.authPath))
    return names.filter((name) => name.startsWith('auth.json') && name !== 'auth.json')
  }

  function beside(name: string): string {
    return join(dirname(stage.authPath), name)
  }
})
