import {expect} from 'chai'
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {type JsonError, jsonErrorOf} from '../support/answers.js'
import {bundledWorker} from '../support/bundled-worker.js'
import {itMounts, mount, mounts} from '../support/mounts.js'
import {isRefresh, type Lab, openLab} from '../support/reliability/lab.js'
import {temporaryHome} from '../support/temporary-home.js'

/** Runs a function between the server's processing of a refresh and its answer. */
function onRefresh({server}: Lab, happens: () => void): void {
  const remove = server.intercept(async (request, serve) => {
    if (!(await isRefresh(request))) return undefined
    remove()
    const served = await serve()
    happens()
    return served
  })
}

/** Leaves no byte free. */
function fill(folder: string): void {
  const path = join(folder, 'filler')
  for (const size of [65_536, 4096, 256, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), {flag: 'a'})
    } catch {
      // Full, for chunks of this size.
    }
  }
}

describe('disk failures', () => {
  let lab: Lab
  let folder: string

  const open = async (onDisk: boolean): Promise<void> => {
    const home = await temporaryHome()
    folder = join(home, 'disk', 'mogplex')
    mkdirSync(join(home, 'disk'))
    if (onDisk) mount(join(home, 'disk'), '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs')
    lab = await openLab({home, folder})
    lab.env.MOGPLEX_HOME = folder
    await lab.signIn()
    lab.expire()
    lab.refreshes()
  }

  beforeEach(function () {
    this.currentTest?.timeout(120_000) // whole processes, one after the other
  })
  afterEach(async () => lab.close())

  const path = (): string => join(folder, 'auth.json')

  /** The file error of a command that has to refresh. */
  async function failure(): Promise<JsonError> {
    const error = jsonErrorOf(await lab.run(['whoami', '--verify', '--json']))
    expect(error).to.include({code: 'LOCAL_FILE', exitCode: 1})
    return error
  }

  itMounts('a full disk: nothing is sent that could not be stored', async () => {
    await open(true)
    const before = lab.text()
    fill(join(folder, '..'))
    const {message} = await failure()
    expect(message)
      .to.include(path())
      .and.to.match(/\bfull\b/)
    expect(lab.refreshes()).to.equal(0)
    expect(lab.text()).to.equal(before)
    rmSync(join(folder, '..', 'filler'))
    expect((await lab.run(['whoami', '--verify'])).code).to.equal(0)
    expect(lab.beside()).to.deep.equal([])
  })

  itMounts('a disk that fills up in between: the command succeeds, and reports it', async () => {
    await open(true)
    const before = lab.text()
    onRefresh(lab, () => fill(join(folder, '..')))
    const {code, stdout, stderr} = await lab.run(['whoami', '--verify'])
    expect(code, stderr).to.equal(0)
    expect(stdout).to.match(/lin@example\.test/)
    expect(stderr)
      .to.include('auth.json')
      .and.to.match(/\bfull\b/)
    expect(lab.text()).to.equal(before)
    rmSync(join(folder, '..', 'filler'))
    const next = await lab.run(['whoami', '--verify'])
    expect(next.code, next.stderr).to.equal(64)
    // names the process whose refresh was interrupted
    expect(next.stderr).to.match(/\(process \d+\)/)
  })

  itMounts(
    'a process that runs on with tokens that could not be stored sends no spent one',
    async () => {
      await open(true)
      onRefresh(lab, () => fill(join(folder, '..')))
      const runner = lab.start([], {command: await bundledWorker('long-runner')})
      const next = async (lines: number): Promise<string> => {
        runner.write('')
        await runner.waitFor(new RegExp(`^(.*\n){${lines}}`), 'stdout', 30_000)
        return runner.stdout.split('\n')[lines - 1] ?? ''
      }
      const first = await next(1)
      expect(first).to.match(/^200 /)
      expect(await next(2)).to.equal(first)
      // The API rejects the new access token. The refresh token for the next one must be the one in
      // memory: the one on disk would end the whole grant.
      rmSync(join(folder, '..', 'filler'))
      lab.refreshes()
      const end = lab.server.intercept(async ({url}) => {
        if (!url.includes('/api/')) return Promise.resolve(undefined)
        end()
        return Promise.resolve(new Response('', {status: 401}))
      })
      expect(await next(3))
        .to.match(/^200 /)
        .and.not.to.equal(first)
      expect(lab.refreshes()).to.equal(1)
      expect(await lab.server.knows(lab.stored().accessToken), 'and now it is stored').to.equal(
        true,
      )
      expect(lab.beside()).to.deep.equal([])
      runner.endInput()
      expect((await runner.exit).code).to.equal(0)
    },
  )

  itMounts('a home that is read-only: the old file stays, and the message names it', async () => {
    await open(true)
    const before = lab.text()
    expect(mounts('-o', 'remount,ro', join(folder, '..'))).to.equal(true)
    const {message, remedy} = await failure()
    expect(message).to.include(path()).and.to.include('read-only')
    expect(remedy).to.include('MOGPLEX_HOME')
    expect(lab.refreshes()).to.equal(0)
    expect(lab.text()).to.equal(before)
  })

  itMounts(
    'a home that becomes read-only in between: the command succeeds, and reports it',
    async () => {
      await open(true)
      const before = lab.text()
      onRefresh(lab, () => void mounts('-o', 'remount,ro', join(folder, '..')))
      const {code, stderr} = await lab.run(['whoami', '--verify'])
      expect(code, stderr).to.equal(0)
      expect(stderr).to.include('auth.json').and.to.include('read-only')
      expect(lab.text()).to.equal(before)
    },
  )

  it('a home that disappears in between: the command succeeds, and nothing is revoked', async () => {
    await open(false)
    const before = lab.text()
    const away = `${folder}-away`
    onRefresh(lab, () => renameSync(folder, away))
    const {code, stderr} = await lab.run(['whoami', '--verify'])
    expect(code, stderr).to.equal(0)
    expect(stderr).to.include(path())
    expect(readFileSync(join(away, 'auth.json'), 'utf8')).to.equal(before)
    expect(lab.server.requests.some((request) => request.path.includes('revocation'))).to.equal(
      false,
    )
  })

  itMounts('a file that is a mount point: nothing is sent that could not be stored', async () => {
    await open(false)
    const before = lab.text()
    mount(path(), '--bind', path())
    const {message} = await failure()
    expect(message)
      .to.include(path())
      .and.to.match(/\bmounted\b/)
    expect(lab.refreshes()).to.equal(0)
    expect(lab.text()).to.equal(before)
    expect(lab.beside()).to.deep.equal([])
  })

  it('something else in the place of a lock: nothing is sent, and it is named', async () => {
    await open(false)
    for (const name of ['auth.json.lock', 'auth.json.refresh.lock']) {
      const inTheWay = join(folder, name)
      mkdirSync(inTheWay)
      const {message} = await failure()
      rmSync(inTheWay, {recursive: true})
      expect(message).to.include(inTheWay).and.to.include('folder')
      expect(lab.refreshes()).to.equal(0)
    }
  })

  itMounts('a home that is a bind mount works like any other', async () => {
    await open(false)
    const other = join(lab.home, 'other')
    mkdirSync(other)
    mount(other, '--bind', folder)
    const homes = [folder, other, folder, other]
    const answers = await Promise.all(
      homes.map(async (MOGPLEX_HOME) => lab.run(['whoami', '--verify'], {env: {MOGPLEX_HOME}})),
    )
    expect(answers.map(({code}) => code)).to.deep.equal([0, 0, 0, 0])
    expect(lab.refreshes()).to.equal(1)
    expect(lab.beside()).to.deep.equal([])
  })
})
