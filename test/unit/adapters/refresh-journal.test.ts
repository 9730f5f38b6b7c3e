import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {RefreshJournal} from '../../../src/adapters/refresh-journal.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import {LockedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {attemptOf} from '../../../src/domain/refresh/refresh-attempt.js'
import {changeFs, failing} from '../../support/change-fs.js'
import {makeLogin, NOW} from '../../support/make-credential.js'
import {expectMode} from '../../support/system-under-test.js'
import {temporaryHome} from '../../support/temporary-home.js'

const ATTEMPT = attemptOf(makeLogin(), 4711, NOW)
const NONCE = '2b0f7a52-54f6-4b06-9f5d-000000000001'

describe('RefreshJournal', () => {
  let home: string
  let journal: RefreshJournal
  const at = (path: string): RefreshJournal =>
    new RefreshJournal({
      path,
      loadWriter,
      redact: async (text) => Promise.resolve(text.replace('s3cret', '[redacted]')),
    })

  beforeEach(async () => {
    home = await temporaryHome()
    journal = at(join(home, 'auth.json'))
  })

  it('stores the last attempt, for its owner only, until it is cleared', async () => {
    expect(await journal.read()).to.equal(undefined)
    await journal.write(ATTEMPT)
    expect(readdirSync(home)).to.deep.equal(['auth.json.refresh'])
    expectMode(join(home, 'auth.json.refresh'), 0o600)
    expect(await journal.read()).to.deep.equal({...ATTEMPT, failure: undefined})
    await journal.clear()
    await journal.clear()
    expect(await journal.read()).to.equal(undefined)
    expect(readdirSync(home)).to.deep.equal([])
  })

  it("stores nothing secret of a server's text", async () => {
    const failure = {at: NOW, exitCode: 69, remedy: 'Wait.', lost: true} as const
    await journal.write({...ATTEMPT, failure: {...failure, message: 'It got s3cret.'}})
    const read = await journal.read()
    expect(read?.failure).to.deep.equal({...failure, message: 'It got [redacted].'})
  })

  it('creates nothing where there is nothing to clear', async () => {
    await at(join(home, 'absent', 'auth.json')).clear()
    expect(readdirSync(home)).to.deep.equal([])
  })

  it('ignores a file in another format', async () => {
    writeFileSync(join(home, 'auth.json.refresh'), '{"grantId": "gr')
    expect(await journal.read()).to.equal(undefined)
    mkdirSync(join(home, 'other', 'auth.json.refresh'), {recursive: true})
    expect(await at(join(home, 'other', 'auth.json')).read()).to.equal(undefined)
    await at(join(home, 'other', 'auth.json')).clear()
  })

  for (const [what, prepare] of [
    ['a FIFO', (path: string) => spawnSync('mkfifo', [path])],
    ['a link', (path: string) => symlinkSync(`${path}.outside`, path)],
    ['a file of 3 GB', (path: string) => truncateSync(path, 3 * 2 ** 30)],
  ] as const) {
    it(`does not block on ${what} in its place, and replaces it`, async () => {
      const path = join(home, 'auth.json.refresh')
      writeFileSync(`${path}.outside`, JSON.stringify(ATTEMPT), {mode: 0o644})
      if (what === 'a file of 3 GB') writeFileSync(path, '')
      prepare(path)
      expect(await journal.read()).to.equal(undefined)
      await journal.write(ATTEMPT)
      expect(await journal.read()).to.include({fingerprint: ATTEMPT.fingerprint})
      expect(readFileSync(`${path}.outside`, 'utf8')).to.equal(JSON.stringify(ATTEMPT))
      expectMode(`${path}.outside`, 0o644)
    })
  }

  it('is shared by two homes that are linked to one file', async () => {
    mkdirSync(join(home, 'second'))
    symlinkSync(join(home, 'auth.json'), join(home, 'second', 'auth.json'))
    const second = at(join(home, 'second', 'auth.json'))
    await second.write(ATTEMPT)
    expect(await journal.read()).to.include({fingerprint: ATTEMPT.fingerprint})
    const error: unknown = await journal.exclusively(
      async () =>
        second
          .exclusively(async () => Promise.resolve(), {waitMs: 0})
          .catch((thrown: unknown) => thrown),
      {waitMs: 0},
    )
    expect(error).to.be.instanceOf(LockedError)
    expect(String(error)).to.include('is refreshing the login')
    expect(readdirSync(join(home, 'second'))).to.deep.equal(['auth.json'])
  })

  it('lets one process work at a time, beside its lock, and removes what a killed one left', async () => {
    writeFileSync(join(home, `auth.json.refresh.${NONCE}.tmp`), 'left')
    writeFileSync(join(home, `auth.json.${NONCE}.tmp`), 'left by somebody else')
    const seen = await journal.exclusively(
      async ({isStillMine}) => {
        expect(isStillMine()).to.equal(true)
        return Promise.resolve(readdirSync(home).sort())
      },
      {waitMs: 0},
    )
    expect(seen).to.deep.equal([`auth.json.${NONCE}.tmp`, 'auth.json.refresh.lock'])
    expect(readdirSync(home)).to.deep.equal([`auth.json.${NONCE}.tmp`])
  })

  it('removes what dead processes left, except the note of their refresh', async () => {
    await journal.write(ATTEMPT)
    const text = readFileSync(join(home, 'auth.json.refresh'), 'utf8')
    writeFileSync(join(home, `auth.json.refresh.${NONCE}.tmp`), 'left')
    writeFileSync(join(home, `auth.json.refresh.lock.999999999.${NONCE}.tmp`), 'left')
    await journal.sweep()
    expect(readdirSync(home)).to.deep.equal(['auth.json.refresh'])
    expect(readFileSync(join(home, 'auth.json.refresh'), 'utf8')).to.equal(text)
  })

  it('removes nothing of a refresh in progress', async () => {
    await journal.exclusively(
      async () => {
        writeFileSync(join(home, `auth.json.refresh.${NONCE}.tmp`), 'being written')
        await journal.sweep()
        expect(readdirSync(home)).to.include(`auth.json.refresh.${NONCE}.tmp`)
        expect(readdirSync(home)).to.include('auth.json.refresh.lock')
      },
      {waitMs: 0},
    )
  })

  it('names the path when no lock can be written', async () => {
    changeFs({openSync: failing('EROFS')})
    const error: unknown = await journal
      .exclusively(async () => Promise.resolve(), {waitMs: 0})
      .catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(LocalFileError)
    expect(String(error)).to.include(join(home, 'auth.json')).and.to.include('read-only')
    await journal.sweep()
    await journal.clear()
  })
})
