import {expect} from 'chai'
import {spawn, spawnSync} from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import {once} from 'node:events'
import {join} from 'node:path'
import {FencedOffError, replaceFile} from '../../../src/adapters/atomic-write.js'
import {HistoryFile, type HistoryFileOptions} from '../../../src/adapters/history-file.js'
import {ensureFolder} from '../../../src/adapters/home.js'
import {formatEntry, MAX_ENTRIES} from '../../../src/domain/chat/prompt-history.js'
import {LOADER, moduleAddress} from '../../support/loaded-modules.js'
import {expectMode} from '../../support/system-under-test.js'
import {listFiles, temporaryHome} from '../../support/temporary-home.js'

const AT = new Date('2026-11-23T17:00:00.000Z')

describe('HistoryFile', () => {
  let home: string
  let path: string

  const isFencedOff = (error: unknown): boolean => error instanceof FencedOffError
  type Writer = Awaited<ReturnType<HistoryFileOptions['loadWriter']>>

  function open(writer: Partial<Writer> = {}): HistoryFile {
    return new HistoryFile({
      home,
      clock: {now: () => AT},
      loadIsSecret: async () => (text) => text.includes('hunter2'),
      loadWriter: async () => Promise.resolve({ensureFolder, replaceFile, isFencedOff, ...writer}),
    })
  }

  beforeEach(async () => {
    home = join(await temporaryHome(), '.mogplex')
    path = join(home, 'history.jsonl')
  })

  it('returns the added entries, for its owner only', async () => {
    const umask = process.umask(0)
    try {
      await open().add('one')
      await open().add('two\nlines')
    } finally {
      process.umask(umask)
    }
    expect(open().read()).to.deep.equal(['one', 'two\nlines'])
    expectMode(path, 0o600)
    expectMode(home, 0o700)
    expect(readFileSync(path, 'utf8')).to.match(
      /^{"time":"2026-11-23T17:00:00.000Z","text":"one"}\n/,
    )
  })

  it('keeps the order of simultaneous entries', async () => {
    const file = open()
    const texts = Array.from({length: 20}, (_, index) => `entry ${index}`)
    await Promise.all(texts.map((text) => file.add(text)))
    expect(file.read()).to.deep.equal(texts)
  })

  it('removes entries that were later found to be secret', async () => {
    await open().add('one')
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"text":"it is hunter2"}\n`)
    await open().add('two')
    expect(await open().clean()).to.equal(1)
    expect(open().read()).to.deep.equal(['one', 'two'])
    expectMode(path, 0o600)
    expect(await open().clean()).to.equal(0)
  })

  it('removes secrets that another process appends meanwhile, too', async () => {
    await open().add('one')
    const secret = '{"text":"it is hunter2"}\n'
    appendFileSync(path, secret)
    let isBusy = true
    const writer: Partial<Writer> = {
      replaceFile: async (...args) => {
        if (isBusy) appendFileSync(path, secret)
        isBusy = false
        return replaceFile(...args)
      },
    }
    expect(await open(writer).clean()).to.equal(2)
    expect(open().read()).to.deep.equal(['one'])
  })

  it('reports that it cannot be cleaned: exit 1', async () => {
    await open().add('one')
    appendFileSync(path, '{"text":"it is hunter2"}\n')
    const full = Object.assign(new Error('ENOSPC'), {code: 'ENOSPC'})
    const writer = {replaceFile: async () => Promise.reject(full)}
    const error: unknown = await open(writer)
      .clean()
      .catch((thrown: unknown) => thrown)
    expect(error).to.include({code: 'LOCAL_FILE', exitCode: 1})
  })

  it('creates nothing for a secret', async () => {
    await open().add('it is hunter2')
    expect(existsSync(home)).to.equal(false)
  })

  it('removes the permissions of others, on reading too', async () => {
    await open().add('one')
    chmodSync(path, 0o644)
    expect(open().read()).to.deep.equal(['one'])
    expectMode(path, 0o600)
  })

  it('drops the oldest entries once there are far too many', async () => {
    mkdirSync(home)
    const lines = Array.from({length: MAX_ENTRIES + 300}, (_, index) =>
      formatEntry(`entry ${index}`, AT),
    )
    writeFileSync(path, lines.join(''))
    await open().add('last')
    const kept = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(kept).to.have.length(MAX_ENTRIES)
    expect(kept.at(-1)).to.include('last')
    expect(await listFiles(home)).to.deep.equal(['history.jsonl'])
    expectMode(path, 0o600)
  })

  it('loses no entry of two processes that add at the same time', async () => {
    mkdirSync(home, {mode: 0o700})
    const script = `
      import {HistoryFile} from ${JSON.stringify(moduleAddress('src/adapters/history-file'))}
      const file = new HistoryFile({
        home: ${JSON.stringify(home)},
        clock: {now: () => new Date()},
        loadIsSecret: async () => () => false,
        loadWriter: async () => ({ensureFolder() {}, replaceFile: async () => {}}),
      })
      for (let index = 0; index < 200; index += 1) await file.add(process.argv[1] + ' ' + index)
    `
    const processes = ['a', 'b'].map((name) =>
      spawn(process.execPath, [...LOADER, '--input-type=module', '-e', script, name]),
    )
    await Promise.all(processes.map(async (child) => once(child, 'exit')))
    const entries = open().read()
    expect(entries).to.have.length(400)
    for (const name of ['a', 'b']) {
      const own = entries.filter((entry) => entry.startsWith(name))
      expect(own).to.deep.equal(Array.from({length: 200}, (_, index) => `${name} ${index}`))
    }
  })

  it('is not an error where it cannot be read or written', async () => {
    mkdirSync(home, {mode: 0o700})
    mkdirSync(path)
    expect(open().read()).to.deep.equal([])
    await open().add('one')
    const elsewhere = join(home, 'file')
    writeFileSync(elsewhere, '')
    home = elsewhere
    expect(open().read()).to.deep.equal([])
    await open().add('one')
  })

  it('follows no link', async () => {
    mkdirSync(home, {mode: 0o700})
    const outside = join(home, '..', 'outside')
    writeFileSync(outside, formatEntry('theirs', AT), {mode: 0o644})
    symlinkSync(outside, path)
    expect(open().read()).to.deep.equal([])
    await open().add('one')
    expect(readFileSync(outside, 'utf8')).to.equal(formatEntry('theirs', AT))
    expectMode(outside, 0o644)
    unlinkSync(path)
    symlinkSync(join(home, '..', 'nowhere'), path)
    await open().add('one')
    expect(existsSync(join(home, '..', 'nowhere'))).to.equal(false)
  })

  it('does not block on a FIFO', async () => {
    mkdirSync(home, {mode: 0o700})
    spawnSync('mkfifo', [path])
    expect(open().read()).to.deep.equal([])
    await open().add('one')
    expect(statSync(path).isFIFO()).to.equal(true)
  })
})
