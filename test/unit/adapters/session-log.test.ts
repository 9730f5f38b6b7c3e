import {expect} from 'chai'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {ensureFolder} from '../../../src/adapters/home.js'
import {SessionLog} from '../../../src/adapters/session-log.js'
import {sessionIds} from '../../../src/adapters/session-log/log-folder.js'
import {type LogRecord, sessionIdOf} from '../../../src/domain/log/session-log.js'
import {BREAKERS} from '../../support/broken-secrets.js'
import {expectMode, isOnWindows} from '../../support/system-under-test.js'
import {temporaryHome} from '../../support/temporary-home.js'

const NOW = new Date('2026-11-23T17:00:00.123Z')
const DAY = 24 * 60 * 60 * 1000
const ID = sessionIdOf(NOW, 'a1b2c3')

function record(fields: Record<string, unknown> = {}): LogRecord {
  return {time: NOW, level: 'info', event: 'error', fields}
}

describe('SessionLog', () => {
  let home: string

  beforeEach(async () => {
    const lineEnd = isOnWindows ? ' ' : '\n' // names have none there
    home = join(await temporaryHome(), `a home “with” spaces${lineEnd}and 漢字`)
  })

  function open(redact: (text: string) => string = (text) => text, id = ID): SessionLog {
    return new SessionLog({home, id, redact, ensureFolder})
  }

  const linesIn = (log: SessionLog): string[] => readFileSync(log.path, 'utf8').split('\n')

  it('is created with the first record, for its owner only, whatever the umask', () => {
    const before = process.umask(0)
    try {
      const log = open()
      expect(existsSync(home)).to.equal(false)
      expect(log.isWritten).to.equal(false)
      log.append(record({n: 1}))
      log.append(record({n: 2}))
      expect(log.isWritten).to.equal(true)
      expectMode(log.path, 0o600)
      expectMode(join(home, 'logs'), 0o700)
      expect(linesIn(log).map((line) => line.slice(-7))).to.deep.equal(
        ['"n":1}', '"n":2}', ''].map((text) => text && `,${text}`),
      )
    } finally {
      process.umask(before)
    }
  })

  it('redacts each line as a whole, and stays JSON whatever the redactor does', () => {
    const log = open((text) => text.replace('hunter2', '[redacted]'))
    log.append(record({password: 'hunter2'}))
    const cut = open((text) => text.slice(0, -3), sessionIdOf(NOW, 'ffffff'))
    cut.append(record({password: 'hunter2'}))
    expect(linesIn(log)[0]).to.include('"password":"[redacted]"')
    expect(JSON.parse(linesIn(cut)[0] ?? '')).to.deep.include({event: 'error', redacted: true})
    expect(linesIn(cut)[0]).not.to.include('hunter2')
  })

  it('contains no terminal control or invisible characters', () => {
    for (const [index, breaker] of Object.values(BREAKERS).entries()) {
      const log = open(undefined, sessionIdOf(new Date(NOW.getTime() + index), 'a1b2c3'))
      log.append(record({text: `a${breaker}b`}))
      const [line = ''] = linesIn(log)
      expect(line).to.match(/^[\x20-\x7E]+$/)
      expect(JSON.parse(line)).to.include({text: `a${breaker}b`})
    }
  })

  it('removes logs that are older than 30 days, or beyond 200, and nothing else', () => {
    const folder = join(home, 'logs')
    mkdirSync(folder, {recursive: true})
    const old = sessionIdOf(new Date(NOW.getTime() - 31 * DAY), 'abcdef')
    const ids = Array.from({length: 205}, (_, index) =>
      sessionIdOf(new Date(NOW.getTime() - 1000 - index), 'abcdef'),
    )
    for (const id of [old, ...ids]) writeFileSync(join(folder, `${id}.jsonl`), '')
    writeFileSync(join(folder, 'notes.jsonl'), 'mine')
    open().append(record())
    expect(sessionIds(home)).to.have.length(200).and.not.to.include(old)
    expect(sessionIds(home).at(-1)).to.equal(ID)
    expect(readFileSync(join(folder, 'notes.jsonl'), 'utf8')).to.equal('mine')
  })

  it('tolerates that another process removes the same files', () => {
    const folder = join(home, 'logs')
    mkdirSync(folder, {recursive: true})
    const old = sessionIdOf(new Date(NOW.getTime() - 31 * DAY), 'abcdef')
    mkdirSync(join(folder, `${old}.jsonl`)) // cannot be removed as a file
    const log = open()
    log.append(record())
    expect(log.isWritten).to.equal(true)
  })

  it('follows no link in its place', () => {
    const foreign = join(home, '..', 'foreign')
    writeFileSync(foreign, 'theirs')
    mkdirSync(join(home, 'logs'), {recursive: true})
    const log = open()
    symlinkSync(foreign, log.path)
    log.append(record())
    expect(log.isWritten).to.equal(false)
    expect(readFileSync(foreign, 'utf8')).to.equal('theirs')
  })

  it('follows no dangling link, either', () => {
    const nowhere = join(home, '..', 'nowhere')
    mkdirSync(join(home, 'logs'), {recursive: true})
    const log = open()
    symlinkSync(nowhere, log.path)
    log.append(record())
    expect(existsSync(nowhere)).to.equal(false)
  })

  it('writes and removes nothing in a folder that is linked', () => {
    const foreign = join(home, '..', 'foreign')
    mkdirSync(foreign)
    const old = join(foreign, `${sessionIdOf(new Date(0), 'abcdef')}.jsonl`)
    writeFileSync(old, 'theirs')
    mkdirSync(home)
    symlinkSync(foreign, join(home, 'logs'))
    const log = open()
    log.append(record())
    expect(log.isWritten).to.equal(false)
    expect(readdirSync(foreign)).to.have.length(1)
    expect(lstatSync(join(home, 'logs')).isSymbolicLink()).to.equal(true)
  })

  for (const [what, prepare] of [
    ['a file is in the place of the folder', () => writeFileSync(join(home, 'logs'), '')],
    [
      'the file is there already',
      () => {
        mkdirSync(join(home, 'logs'))
        writeFileSync(join(home, 'logs', `${ID}.jsonl`), 'theirs')
      },
    ],
  ] as const) {
    it(`ends before it begins when ${what}, silently`, () => {
      mkdirSync(home)
      prepare()
      const log = open()
      log.append(record())
      log.append(record())
      expect(log.isWritten).to.equal(false)
    })
  }

  it('ends when the file is gone, and when another one, or a link, is in its place', () => {
    const foreign = join(home, '..', 'foreign')
    for (const [index, replace] of [
      () => undefined,
      (path: string) => writeFileSync(path, 'theirs'),
      (path: string) => symlinkSync(foreign, path),
    ].entries()) {
      const log = open(undefined, sessionIdOf(NOW, `aaaaa${index}`))
      log.append(record())
      writeFileSync(foreign, 'theirs')
      renameSync(log.path, `${foreign}-${index}`) // keeps its inode number in use
      replace(log.path)
      log.append(record())
      expect(log.isWritten).to.equal(false)
      expect(readFileSync(foreign, 'utf8')).to.equal('theirs')
      if (index > 0) expect(readFileSync(log.path, 'utf8')).to.equal('theirs')
    }
  })

  it('records only errors and its end when it is full, and reports that', () => {
    const log = new SessionLog({home, id: ID, redact: (text) => text, ensureFolder}, 1000)
    for (let n = 0; n < 100; n += 1) log.append(record({n}))
    for (let n = 0; n < 100; n += 1) log.append({...record({n}), level: 'error'})
    log.append({...record(), event: 'session.ended'})
    const records = linesIn(log)
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as {event: string; level: string; n?: number})
    const full = records.findIndex(({event}) => event === 'log.full')
    expect(records.slice(0, full).map(({n}) => n)).to.deep.equal([...Array(full).keys()])
    expect(full).to.be.within(2, 20)
    const errors = records.slice(full + 1, -1)
    expect(errors.map(({level}) => level))
      .to.include('error')
      .and.not.to.include('info')
    expect(records.at(-1)?.event).to.equal('session.ended')
    expect(statSync(log.path).size).to.be.within(2000, 2500)
  })

  it('ends at a record that is not JSON', () => {
    const log = open()
    log.append(record({n: 1n}))
    log.append(record())
    expect(log.isWritten).to.equal(false)
  })
})
