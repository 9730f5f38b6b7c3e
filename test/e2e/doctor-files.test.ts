import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {
  chmod,
  chown,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {examined, found, type Report} from '../support/examined.js'
import {setStage} from '../support/sign-in-stage.js'

const isRoot = process.geteuid?.() === 0
const NONCE = '0b7c1f6e-7d3c-4b8e-9a35-3f1f6f0c1d2e'

describe('mogplex doctor, and problems of files', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})
  const home = (): string => dirname(stage.authPath)
  const examine = async (...args: string[]): Promise<Report> => examined(stage, args)
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

  beforeEach(() => stage.putLogin())

  it('finds nothing in an intact home, and exits with 0', async () => {
    const {findings, result} = await examine()
    expectExit(result, 0)
    expect(findings.filter(({state}) => state !== 'fine')).to.deep.equal([])
    const text = await stage.run(['doctor'])
    expectExit(text, 0)
    expect(text.stdout).to.match(/\nAll is well\.\n$/)
    expect(text.stderr).to.equal('')
  })

  it('leaves everything unchanged: modes, leftovers, and writes no log', async () => {
    await chmod(stage.authPath, 0o644)
    await chmod(home(), 0o755)
    const leftover = `${stage.authPath}.${NONCE}.tmp`
    await writeFile(leftover, '{}')
    const before = execFileSync('ls', ['-lanR', home()]).toString()
    expectExit((await examine()).result, 1)
    expect(execFileSync('ls', ['-lanR', home()]).toString()).to.equal(before)
  })

  it('finds permissions of others for the home and auth.json, and removes them', async () => {
    await chmod(stage.authPath, 0o644)
    await chmod(home(), 0o755)
    const report = await examine()
    expect(found(report, 'auth-file')).to.deep.include({
      state: 'wrong',
      what: '~/.mogplex/auth.json is open to other users (mode 644)',
      remedy: 'chmod 600 ~/.mogplex/auth.json',
      fixable: true,
    })
    expect(found(report, 'home')).to.include({state: 'wrong', remedy: 'chmod 700 ~/.mogplex'})
    const before = await stage.authText()
    const fixed = await examine('--fix')
    expectExit(fixed.result, 0)
    expect(found(fixed, 'auth-file').mended).to.deep.equal([
      '~/.mogplex/auth.json is for you alone now (mode 600)',
    ])
    expect([await modeOf(stage.authPath), await modeOf(home())]).to.deep.equal([0o600, 0o700])
    expect(await stage.authText()).to.equal(before)
  })

  it('distinguishes a home that was opened to everybody on purpose from one that can be closed', async () => {
    await chmod(home(), 0o1777)
    const fixed = await examine('--fix')
    expect(found(fixed, 'home')).to.include({state: 'wrong', fixable: false})
    expect(await modeOf(home())).to.equal(0o777)
  })

  const asRoot = isRoot ? it : it.skip
  asRoot('finds files of another user, and leaves them (needs root)', async () => {
    await chown(stage.authPath, 4242, 4242)
    const fixed = await examine('--fix')
    expectExit(fixed.result, 1)
    expect(found(fixed, 'auth-file')).to.include({
      state: 'wrong',
      what: '~/.mogplex/auth.json belongs to another user',
      fixable: false,
    })
    expect(found(fixed, 'account').state).to.equal('unknown')
    expect((await stat(stage.authPath)).uid).to.equal(4242)
  })

  const inTheWay: [name: string, make: () => unknown, words: string][] = [
    [
      'a FIFO',
      () => execFileSync('mkfifo', ['-m', '600', stage.authPath]),
      'is a named pipe (FIFO)',
    ],
    ['a folder', () => mkdir(stage.authPath, {mode: 0o700}), 'is a folder, not a file'],
    [
      'a link to nothing',
      () => symlink('/nowhere/auth.json', stage.authPath),
      'to what is not there',
    ],
    ['a link to itself', () => symlink(stage.authPath, stage.authPath), 'form a loop'],
  ]
  for (const [name, make, words] of inTheWay) {
    it(`finds ${name} in the place of auth.json, and the command that moves it away`, async () => {
      execFileSync('rm', [stage.authPath])
      await make()
      const report = await examine()
      expectExit(report.result, 1)
      expect(found(report, 'auth-file')).to.include({state: 'wrong', fixable: false})
      expect(found(report, 'auth-file').what).to.include('~/.mogplex/auth.json').and.include(words)
      expect(found(report, 'auth-file').remedy).to.match(/^(?:mv|rm) ~\/\.mogplex\/auth\.json\b/)
    })
  }

  it('finds a broken auth.json without quoting it, and never changes it', async () => {
    const text = '{"mogplex": {"accessToken": "half-of-it'
    await stage.putAuthFile(text)
    const fixed = await examine('--fix')
    expect(found(fixed, 'auth-file')).to.include({state: 'wrong', fixable: false})
    expect(found(fixed, 'auth-file').what).to.include('JSON')
    expect(found(fixed, 'auth-file').remedy).to.include('mogplex login')
    expect(fixed.result.stdout).not.to.include('half')
    expect(found(fixed, 'account').state).to.equal('unknown')
    expect(await stage.authText()).to.equal(text)
  })

  it('finds a member that does not match our format', async () => {
    await stage.putAuthFile('{"mogplex": {"token": "of-somebody-elses-making"}}')
    expect(found(await examine(), 'auth-file')).to.include({
      state: 'wrong',
      remedy: 'mogplex login',
    })
  })

  it('finds a second name of auth.json, whose readers would miss changes', async () => {
    await mkdir(join(stage.home, 'other'))
    await link(stage.authPath, join(stage.home, 'other', 'auth.json'))
    expect(found(await examine(), 'auth-file').what).to.include('another name (a hard link)')
  })

  it('finds a link into a folder in which others may write; one into an own folder is fine', async () => {
    const shared = join(stage.home, 'shared')
    await mkdir(shared, {mode: 0o700})
    await rename(stage.authPath, join(shared, 'auth.json'))
    await symlink(join(shared, 'auth.json'), stage.authPath)
    expectExit((await examine()).result, 0)
    await chmod(shared, 0o777)
    const finding = found(await examine('--fix'), 'auth-file')
    expect(finding).to.include({state: 'wrong', remedy: 'chmod go-w ~/shared', fixable: false})
  })

  it('finds a process that has held a lock for hours, and ends none', async () => {
    const {inspectProcess, thisMachine} = await import('../../src/adapters/file-lock/processes.js')
    const startTime = inspectProcess(process.pid)?.startTime ?? null
    const since = new Date(Date.now() - 3 * 3_600_000).toISOString()
    const owner = {pid: process.pid, startTime, ...thisMachine(), nonce: NONCE, since}
    const lock = `${stage.authPath}.lock`
    await writeFile(lock, JSON.stringify(owner), {mode: 0o600})
    const finding = found(await examine('--fix'), 'leftovers')
    expect(finding).to.include({state: 'wrong', remedy: `kill ${process.pid}`, fixable: false})
    expect(await readFile(lock, 'utf8')).to.equal(JSON.stringify(owner))
  })

  it('finds leftovers of killed writers, including secrets, and removes them', async () => {
    const {accessToken} = await stage.storedLogin()
    const leftover = `${stage.authPath}.${NONCE}.tmp`
    await writeFile(leftover, `{"mogplex": "${accessToken}"}`, {mode: 0o600})
    const report = await examine()
    expect(found(report, 'leftovers')).to.include({state: 'wrong', fixable: true})
    expect(found(report, 'leftovers').what).to.include(NONCE)
    const fixed = await examine('--fix')
    expectExit(fixed.result, 0)
    expect(found(fixed, 'leftovers').mended).to.have.length(1)
    expect(await stat(leftover).catch(() => 'gone')).to.equal('gone')
  })

  it('finds a lock whose owner is dead, and removes it; a held one stays', async () => {
    const owner = {pid: process.pid, startTime: '1', bootId: 'of another start', host: 'h'}
    const since = new Date().toISOString()
    const {thisMachine} = await import('../../src/adapters/file-lock/processes.js')
    const dead = {...owner, host: thisMachine().host, nonce: NONCE, since}
    const lock = `${stage.authPath}.lock`
    await writeFile(lock, JSON.stringify(dead), {mode: 0o600})
    const report = await examine()
    expect(found(report, 'leftovers')).to.include({state: 'wrong', fixable: true})
    expect(found(report, 'leftovers').what).to.include(`stale lock of process ${process.pid}`)
    const alive = {...dead, ...thisMachine(), startTime: null, nonce: NONCE.replace('0b', '1b')}
    const refreshLock = `${stage.authPath}.refresh.lock`
    await writeFile(refreshLock, JSON.stringify(alive), {mode: 0o600})
    const fixed = await examine('--fix')
    expect(await stat(lock).catch(() => 'gone')).to.equal('gone')
    expect(await readFile(refreshLock, 'utf8')).to.equal(JSON.stringify(alive))
    expect(fixed.findings.filter(({id}) => id === 'leftovers')).to.have.length(1)
    expect(found(fixed, 'leftovers').what).to.include('is held just now')
  })

  it('finds a saved copy of auth.json, and leaves it: it may contain credentials', async () => {
    const copy = `${stage.authPath}.broken-20261129T080000Z`
    await writeFile(copy, 'half', {mode: 0o600})
    const fixed = await examine('--fix')
    expect(found(fixed, 'leftovers')).to.include({state: 'wrong', fixable: false})
    expect(await readFile(copy, 'utf8')).to.equal('half')
  })

  it('finds an interrupted refresh, while the login is still valid', async () => {
    const login = await stage.storedLogin()
    const {createHash} = await import('node:crypto')
    const fingerprint = createHash('sha256')
      .update(`mogplex refresh attempt ${login.refreshToken ?? ''}`)
      .digest('hex')
      .slice(0, 16)
    const since = new Date(Date.now() - 600_000).toISOString()
    const attempt = {grantId: login.grantId, fingerprint, pid: 4_000_001, since}
    await writeFile(`${stage.authPath}.refresh`, JSON.stringify(attempt), {mode: 0o600})
    const fixed = await examine('--fix')
    expect(found(fixed, 'refresh')).to.include({
      state: 'wrong',
      remedy: 'mogplex whoami --verify',
      fixable: false,
    })
    expect(found(fixed, 'refresh').what).to.include('was cut off')
  })

  it('finds permissions of others, links and damage among all other files', async () => {
    const hosted = join(home(), 'hosted')
    await mkdir(hosted, {mode: 0o755})
    await writeFile(join(hosted, 'models.json'), '{"half', {mode: 0o644})
    await writeFile(join(home(), 'history.jsonl'), '', {mode: 0o640})
    await symlink(stage.home, join(home(), 'logs'))
    const cut = join(home(), `model-choices.json.${NONCE}.tmp`)
    await writeFile(cut, '{')
    await utimes(cut, 1, 1)
    const report = await examine()
    const texts = report.findings.flatMap(({id, what}) => (id === 'files' ? [what] : []))
    for (const words of [
      'hosted is open to other users (mode 755)',
      'models.json is open to other users (mode 644)',
      'models.json is damaged',
      'history.jsonl is open to other users (mode 640)',
      'logs is a symbolic link',
      'was left by a write that was cut off',
    ]) {
      expect(texts.join('\n')).to.include(words)
    }
    const fixed = await examine('--fix')
    expectExit(fixed.result, 1)
    expect(
      fixed.findings.filter(({state}) => state !== 'fine').map(({what}) => what),
    ).to.deep.equal(['~/.mogplex/logs is a symbolic link, not a folder: it is not followed'])
    expect(await modeOf(hosted)).to.equal(0o700)
  })

  it('finds sign-ins that were never finished, and removes expired ones', async () => {
    const folder = join(home(), 'pending-logins')
    const pathOf = (letter: string): string => join(folder, `${letter.repeat(32)}.json`)
    await mkdir(folder, {mode: 0o700})
    for (const letter of ['a', 'b']) await writeFile(pathOf(letter), '{}', {mode: 0o600})
    await utimes(pathOf('a'), 1, 1)
    expect(found(await examine(), 'files').what).to.include('never finished')
    expectExit((await examine('--fix')).result, 0)
    expect(await readdir(folder)).to.deep.equal([`${'b'.repeat(32)}.json`])
  })

  it('finds the same problems in the home of each named profile', async () => {
    const work = join(home(), 'profiles', 'work')
    await mkdir(work, {recursive: true, mode: 0o700})
    await chmod(work, 0o755)
    await writeFile(join(work, 'auth.json'), '{}', {mode: 0o644})
    for (const nonce of [NONCE, NONCE.replace('0b', '1b')])
      await writeFile(join(work, `auth.json.${nonce}.tmp`), '{}', {mode: 0o600})
    await symlink(work, join(home(), 'profiles', 'linked'))
    await writeFile(join(home(), 'profiles.json'), '{"half', {mode: 0o600})
    const report = await examine()
    const texts = report.findings.map(({what}) => what).join('\n')
    for (const words of [
      'profiles/work is open to other users (mode 755)',
      'profiles/work/auth.json is open to other users (mode 644)',
      `profiles/work/auth.json.${NONCE}.tmp was left`,
      'profiles/linked is a symbolic link',
      'profiles.json is damaged, and does not count',
    ]) {
      expect(texts).to.include(words)
    }
    stage.env.MOGPLEX_PROFILE = 'work'
    expect(found(await examine(), 'account').remedy).to.equal('mogplex login --profile work')
    stage.env.MOGPLEX_PROFILE = 'linked'
    expect(found(await examine(), 'profile')).to.include({state: 'wrong'})
    stage.env.MOGPLEX_PROFILE = ''
    const fixed = await examine('--fix')
    const still = fixed.findings.filter(({state}) => state !== 'fine').map(({what}) => what)
    expect(still).to.have.length(2)
    expect(await readdir(work)).to.deep.equal(['auth.json'])
    expect(await modeOf(work)).to.equal(0o700)
  })

  it('finds a home that is a file', async () => {
    execFileSync('rm', ['-r', home()])
    await writeFile(home(), '')
    const report = await examine()
    expectExit(report.result, 1)
    expect(found(report, 'home')).to.include({
      state: 'wrong',
      remedy: 'mv ~/.mogplex ~/.mogplex.moved',
    })
  })

  it('finds CODEX_HOME with a file of Codex in it', async () => {
    const codex = join(stage.home, 'codex')
    await mkdir(codex, {mode: 0o700})
    const key = stage.secret('sk-proj-of-codex-0123456789')
    await writeFile(join(codex, 'auth.json'), JSON.stringify({OPENAI_API_KEY: key, tokens: {}}), {
      mode: 0o600,
    })
    stage.env.CODEX_HOME = codex
    const report = await examine()
    expectExit(report.result, 1)
    expect(found(report, 'home').what).to.include('CODEX_HOME')
    expect(found(report, 'auth-file').what).to.include('shared with Codex')
  })

  it('exits with 2 for an unknown flag', async () => {
    expectExit(await stage.run(['doctor', '--frobnicate']), 2)
  })
})
