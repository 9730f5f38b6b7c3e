import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import fs, {
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'
import os, {hostname} from 'node:os'
import {join} from 'node:path'
import {setImmediate as nextTurn} from 'node:timers/promises'
import {FileLock, type LockWait, type LockTurn} from '../../../src/adapters/file-lock.js'
import {inspectProcess, thisMachine} from '../../../src/adapters/file-lock/processes.js'
import {LockedError} from '../../../src/domain/errors/later.js'
import {
  formatLockOwner,
  type LockOwner,
  parseLockOwner,
} from '../../../src/domain/files/lock-owner.js'
import {writeTrouble} from '../../../src/domain/files/write-trouble.js'
import {changeFs, failing} from '../../support/change-fs.js'
import {onCleanup} from '../../support/cleanup.js'
import {bundledWorker} from '../../support/bundled-worker.js'
import {type RunningCli, startCli} from '../../support/run-cli.js'
import {temporaryHome} from '../../support/temporary-home.js'

const NONCE = '2b0f7a52-54f6-4b06-9f5d-000000000001'
/** A pid that no process has: Linux's maximum is 2²². */
const NOBODY = 999_999_999

/** Simulates a system start so many seconds ago. */
function changeUptime(seconds: number): void {
  const {uptime} = os
  const put = (change: () => number): void => {
    Object.assign(os, {uptime: change})
    syncBuiltinESMExports()
  }
  put(() => seconds)
  onCleanup(() => put(uptime))
}

describe('FileLock', () => {
  let folder: string
  let path: string
  let lock: FileLock

  beforeEach(async () => {
    folder = await temporaryHome()
    path = join(folder, 'a.lock')
    lock = new FileLock(path, 'is at work')
  })

  const owner = (changes: Partial<LockOwner> = {}): LockOwner => ({
    pid: process.pid,
    startTime: inspectProcess(process.pid)?.startTime ?? null,
    ...thisMachine(),
    nonce: NONCE,
    since: new Date('2026-11-23T16:00:00.000Z'),
    ...changes,
  })
  const put = (changes: Partial<LockOwner> = {}, at = path): void => {
    writeFileSync(at, formatLockOwner(owner(changes)))
  }
  const age = (seconds: number): void => {
    const then = Date.now() / 1000 - seconds
    utimesSync(path, then, then)
  }
  const take = async (patience: Partial<LockWait<string>> = {}): Promise<string> =>
    lock.hold(async () => Promise.resolve('done'), {waitMs: 0, ...patience})
  const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    )

  it('contains a record of its owner during the work, and nothing afterwards', async () => {
    let seen: LockOwner | undefined
    let turn: LockTurn | undefined
    const before = Date.now()
    const result = await lock.hold(
      async (mine) => {
        turn = mine
        expect(readdirSync(folder)).to.deep.equal(['a.lock'])
        seen = parseLockOwner(readFileSync(path, 'utf8'))
        expect(mine.isStillMine()).to.equal(true)
        return Promise.resolve('done')
      },
      {waitMs: 0},
    )
    expect(result).to.equal('done')
    expect(seen).to.include({pid: process.pid, nonce: turn?.nonce, ...thisMachine()})
    expect(seen?.host).to.include(hostname())
    expect(seen?.since.getTime()).to.be.within(before, Date.now())
    expect(turn?.isStillMine()).to.equal(false)
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('is released when the work fails', async () => {
    const failure = new Error('It failed.')
    const work = async (): Promise<never> => Promise.reject(failure)
    expect(await failureOf(lock.hold(work, {waitMs: 0}))).to.equal(failure)
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('is exclusive within one process, too', async () => {
    let inside = 0
    const turns = Array.from({length: 20}, async () =>
      lock.hold(
        async () => {
          inside += 1
          expect(inside).to.equal(1)
          await new Promise((resolve) => setImmediate(resolve))
          inside -= 1
        },
        {waitMs: 20_000},
      ),
    )
    await Promise.all(turns)
  })

  it('lets its owner continue, however slow the disk is', async () => {
    const controllers = Array.from({length: 30}, () => new AbortController())
    const {openSync} = fs
    let looks = 0
    const slow: typeof openSync = (...args) => {
      const begun = performance.now()
      while (performance.now() - begun < 5);
      looks += 1
      if (looks > 1000) throw new Error('Nobody else has a turn.')
      return openSync(...args)
    }
    await lock.hold(
      async () => {
        changeFs({openSync: slow})
        const others = controllers.map(async ({signal}) =>
          failureOf(take({waitMs: 60_000, signal})),
        )
        for (let turns = 0; turns < 10; turns += 1) await nextTurn()
        for (const each of controllers) each.abort(new Error('The test is over.'))
        const ends = (await Promise.all(others)).map(String)
        expect(new Set(ends)).to.deep.equal(new Set(['Error: The test is over.']))
      },
      {waitMs: 0},
    )
  })

  it('names its owner when it cannot be acquired in time', async () => {
    put()
    const error = await failureOf(take())
    expect(error).to.be.instanceOf(LockedError).and.to.include({exitCode: 75})
    expect(error).to.have.property('message', new LockedError('is at work', owner()).message)
    expect(parseLockOwner(readFileSync(path, 'utf8'))?.nonce, 'and it stays').to.equal(NONCE)
  })

  it('does no work that has become unnecessary', async () => {
    put()
    expect(await take({unless: () => 'needless'})).to.equal('needless')
    let looks = 0
    const unless = (): string | undefined => ((looks += 1) === 3 ? 'needless' : undefined)
    expect(await take({waitMs: 20_000, unless})).to.equal('needless')
  })

  it('is no longer waited for when the signal aborts', async () => {
    put()
    const controller = new AbortController()
    const waiting = failureOf(take({waitMs: 60_000, signal: controller.signal}))
    const reason = new Error('Enough.')
    controller.abort(reason)
    expect(await waiting).to.equal(reason)
  })

  describe('of a dead owner', () => {
    const dead: Readonly<Record<string, Partial<LockOwner>>> = {
      'no process has the number': {pid: NOBODY},
      'another process has the number now': {startTime: '1'},
      'the machine was started anew': {bootId: 'another boot'},
    }
    for (const [why, changes] of Object.entries(dead)) {
      it(`is taken over at once: ${why}`, async function () {
        // Other states than "does not exist" are known on Linux only.
        if (changes.pid === undefined && thisMachine().bootId === null) this.skip()
        put(changes)
        expect(await take()).to.equal('done')
        expect(readdirSync(folder)).to.deep.equal([])
      })
    }

    it('is taken over even if the process that was taking it over died, too', async () => {
      put({pid: NOBODY})
      put({pid: NOBODY, nonce: 'the-one-after'}, `${path}.${NONCE}`)
      expect(await take({waitMs: 20_000})).to.equal('done')
      expect(readdirSync(folder)).to.deep.equal([])
    })

    it('is not taken over while another process is about to', async () => {
      put({pid: NOBODY})
      put({nonce: 'the-one-after'}, `${path}.${NONCE}`)
      expect(await failureOf(take())).to.be.instanceOf(LockedError)
      expect(readFileSync(path, 'utf8')).to.include(NONCE)
    })

    it('that is incomplete is taken over only after a while', async () => {
      writeFileSync(path, '{"pid": 47')
      expect(await failureOf(take())).to.be.instanceOf(LockedError)
      age(3)
      expect(await take()).to.equal('done')
    })
  })

  describe('that is not a file', () => {
    it('is taken over after a while when it is a link, wherever that leads', async () => {
      const elsewhere = join(folder, 'elsewhere')
      for (const target of [join(folder, 'nowhere'), elsewhere]) {
        writeFileSync(elsewhere, formatLockOwner(owner({pid: NOBODY})))
        symlinkSync(target, path)
        expect(await failureOf(take())).to.be.instanceOf(LockedError)
        const then = Date.now() / 1000 - 3
        lutimesSync(path, then, then)
        expect(await take()).to.equal('done')
      }
      expect(readdirSync(folder)).to.deep.equal(['elsewhere'])
    })

    it('is taken over after a while when it is a pipe, which is not read', async function () {
      if (spawnSync('mkfifo', [path]).status !== 0) this.skip()
      expect(await failureOf(take())).to.be.instanceOf(LockedError)
      age(3)
      expect(await take()).to.equal('done')
    })

    it('is named when it is a folder', async () => {
      mkdirSync(path)
      const error = await failureOf(take({waitMs: 60_000}))
      const folderThere = Object.assign(new Error(), {code: 'EISDIR'})
      expect(error).to.deep.equal(writeTrouble(path, folderThere))
    })
  })

  describe('of another machine, or of a container with its own pids', () => {
    const elsewhere = {host: 'another', pid: NOBODY}

    it('is respected, whatever process has that pid here', async () => {
      put(elsewhere)
      age(100)
      expect(await failureOf(take())).to.be.instanceOf(LockedError)
      expect(readdirSync(folder)).to.deep.equal(['a.lock'])
    })

    it('ages out after two minutes, by the clock of the file system', async () => {
      put(elsewhere)
      age(121)
      expect(await take()).to.equal('done')
    })
  })

  describe('of a local process of which only the pid is known', () => {
    const WATCHING = {waitMs: 2500}

    it('is respected for two minutes, then watched for a moment, then taken', async () => {
      put({startTime: null})
      age(100)
      expect(await failureOf(take(WATCHING))).to.be.instanceOf(LockedError)
      age(121)
      expect(await failureOf(take())).to.be.instanceOf(LockedError) // it may have just been resumed
      expect(await take(WATCHING)).to.equal('done')
    })

    it('is taken when it was made before the machine was started', async () => {
      put({startTime: null})
      age(100)
      changeUptime(99)
      expect(await take(WATCHING)).to.equal('done')
    })
  })

  describe('of a live owner', () => {
    it('is never taken, however long it is held', async () => {
      put()
      age(1_000_000)
      expect(await failureOf(take({waitMs: 100}))).to.be.instanceOf(LockedError)
    })

    it('is taken after a while on request, and its owner notices', async () => {
      let theirs: LockTurn | undefined
      let end: () => void = () => undefined
      const first = lock.hold(
        async (turn) => {
          theirs = turn
          await new Promise<void>((resolve) => (end = resolve))
        },
        {waitMs: 0},
      )
      const second = lock.hold(
        async (turn) => {
          expect(theirs?.isStillMine()).to.equal(false)
          end()
          await first
          expect(turn.isStillMine(), 'who was robbed lets go of nothing').to.equal(true)
          return Promise.resolve('robbed')
        },
        {waitMs: 20_000, robAfterMs: 50},
      )
      expect(await second).to.equal('robbed')
      expect(readdirSync(folder)).to.deep.equal([])
    })
  })

  it('returns the result even where it cannot be released, and does not block itself then', async () => {
    let restore: () => void = () => undefined
    const work = async (): Promise<string> => {
      restore = changeFs({unlinkSync: failing('EROFS')})
      return Promise.resolve('done')
    }
    expect(await lock.hold(work, {waitMs: 0})).to.equal('done')
    restore()
    expect(readdirSync(folder)).to.deep.equal(['a.lock'])
    expect(await take()).to.equal('done')
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it("fails with the system's error where no lock can be created", async () => {
    const nowhere = new FileLock(join(folder, 'missing', 'a.lock'), 'is at work')
    const error = await failureOf(nowhere.hold(async () => Promise.resolve(), {waitMs: 0}))
    expect(error).to.have.property('code', 'ENOENT')
  })

  it('removes what dead processes left, and nothing of live or other ones', async () => {
    const stays = [
      'a.lock',
      `a.lock.${process.pid}.${NONCE}.tmp`,
      `a.lock.${NONCE}`,
      'a.lock.bak',
      'b.lock',
      `b.lock.${NOBODY}.${NONCE}.tmp`,
    ]
    const goes = [
      `a.lock.${NOBODY}.${NONCE}.tmp`,
      `a.lock.${NONCE}.${NOBODY}.${NONCE}.tmp`,
      'a.lock.a-dead-one-at-the-door',
    ]
    for (const name of [...stays, ...goes]) put({}, join(folder, name))
    put({pid: NOBODY, nonce: 'another-one-that-died'}, join(folder, goes[2] ?? ''))
    lock.sweep()
    expect(readdirSync(folder).sort()).to.deep.equal(stays.sort())
    put({pid: NOBODY, nonce: 'its-owner-died-since'})
    lock.sweep()
    expect(readdirSync(folder)).not.to.include('a.lock')
  })

  describe('across processes', () => {
    const start = async (...args: string[]): Promise<RunningCli> =>
      startCli([path, ...args], {home: folder, command: await bundledWorker('lock-worker')})

    it('lets one in at a time, and every one gets its turns', async () => {
      const workers = await Promise.all([1, 2, 3, 4].map(async () => start('40')))
      for (const {exit} of workers) {
        const {code, stdout, stderr} = await exit
        expect(code, stderr).to.equal(0)
        expect(stdout).to.equal('in\nout\n'.repeat(40))
      }
      expect(readdirSync(folder).filter((name) => name.startsWith('a.lock'))).to.deep.equal([
        'a.lock-inside',
      ])
    }).timeout(120_000)

    it('lets one in at a time while owners are killed, and the next one in soon after', async () => {
      let waiting = await start('1', 'stay')
      await waiting.waitFor('in', 'stdout', 30_000)
      for (let kill = 0; kill < 8; kill += 1) {
        const owner = waiting
        waiting = await start('1', 'stay')
        const crowd = await start('1000000')
        crowd.kill('SIGKILL') // at its start, or in the queue
        await waiting.waitFor(/^$/, 'stdout', 1000)
        expect(waiting.stdout).to.equal('')
        const killed = performance.now()
        owner.kill('SIGKILL')
        await waiting.waitFor('in', 'stdout', 30_000)
        // Less than a second on an idle machine; without checking whether the owner lives, two
        // minutes.
        expect(performance.now() - killed).to.be.below(20_000)
        expect(waiting.stdout).not.to.include('two')
      }
      waiting.write('')
      expect((await waiting.exit).stdout).to.equal('in\nout\n')
      lock.sweep()
      expect(readdirSync(folder)).to.deep.equal(['a.lock-inside'])
    }).timeout(180_000)
  })
})

describe('a folder that no longer exists', () => {
  it('does not lose the result of the work', async () => {
    const home = await temporaryHome()
    const folder = join(home, 'gone')
    mkdirSync(folder)
    const lock = new FileLock(join(folder, 'a.lock'), 'is at work')
    const work = async (): Promise<string> => {
      rmSync(folder, {recursive: true})
      return Promise.resolve('done')
    }
    expect(await lock.hold(work, {waitMs: 0})).to.equal('done')
  })
})
