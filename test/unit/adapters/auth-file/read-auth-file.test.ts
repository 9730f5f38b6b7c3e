import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {createServer} from 'node:net'
import {dirname, join} from 'node:path'
import {MAX_BYTES, readAuthFile} from '../../../../src/adapters/auth-file/read-auth-file.js'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {onCleanup} from '../../../support/cleanup.js'
import {itMounts, mount, mounts} from '../../../support/mounts.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const STRANGER = 12345
const itAsRoot = process.geteuid?.() === 0 ? it : it.skip

describe('readAuthFile', () => {
  let home: string
  let path: string

  beforeEach(async () => {
    home = join(await temporaryHome(), '.mogplex')
    mkdirSync(home, {mode: 0o700})
    path = join(home, 'auth.json')
  })

  function put(contents: string, mode = 0o600): void {
    writeFileSync(path, contents)
    chmodSync(path, mode)
  }

  /** The error for the path: exit 1, with a remedy. */
  function refusal(): string {
    try {
      readAuthFile(path)
    } catch (error) {
      if (!(error instanceof LocalFileError)) throw error
      expect(error).to.include({code: 'LOCAL_FILE', exitCode: 1})
      expect(error.remedy).to.match(/^(Move|Check|Correct) .*\.$/)
      return error.message
    }
    throw new Error('It was read.')
  }

  it('returns the bytes, and none where there is no file', () => {
    expect(readAuthFile(path)).to.deep.equal({bytes: undefined, notices: []})
    put('{"a": 1}')
    expect(readAuthFile(path)).to.deep.equal({bytes: Buffer.from('{"a": 1}'), notices: []})
  })

  it('refuses a file of more than 1 MB', () => {
    put('x'.repeat(MAX_BYTES))
    expect(readAuthFile(path).bytes).to.have.length(1_048_576)
    put('x'.repeat(MAX_BYTES + 1))
    expect(refusal()).to.equal(`${path} is larger than 1 MB.`)
  })

  it('refuses a folder in its place', () => {
    mkdirSync(path)
    expect(refusal()).to.equal(`${path} is a folder, not a file.`)
  })

  it('refuses a FIFO, without waiting for a writer', function () {
    if (spawnSync('mkfifo', [path]).status !== 0) this.skip()
    expect(refusal()).to.equal(`${path} is a named pipe (FIFO), not a file.`)
  })

  it('refuses a socket', async () => {
    const server = createServer().listen(path)
    await new Promise((resolve) => server.once('listening', resolve))
    onCleanup(() => void server.close())
    expect(refusal()).to.match(/auth\.json.*socket/)
  })

  it('refuses a device', () => {
    symlinkSync('/dev/zero', path)
    expect(refusal()).to.equal(`${path} is a device, not a file.`)
  })

  it('refuses circular links', () => {
    symlinkSync('b', path)
    symlinkSync('auth.json', join(home, 'b'))
    expect(refusal()).to.equal(`${path} cannot be read: its symbolic links form a loop.`)
  })

  it('refuses a file in the place of the home folder', () => {
    rmdirSync(home)
    writeFileSync(home, '')
    expect(refusal()).to.equal(
      `${path} cannot be read: a part of the path is a file, not a folder.`,
    )
  })

  itAsRoot('refuses a file of another user (skipped unless root runs it)', () => {
    put('{"a": "sk-hidden-4711"}')
    chownSync(path, STRANGER, STRANGER)
    expect(refusal()).to.equal(`${path} belongs to another user.`)
    chownSync(path, 0, 0)
    chownSync(home, STRANGER, STRANGER)
    expect(refusal()).to.equal(`${home} belongs to another user.`)
  })

  itAsRoot("refuses a link into another user's folder (skipped unless root runs it)", () => {
    const outside = join(dirname(home), 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'theirs.json'), '{}')
    chownSync(outside, STRANGER, STRANGER)
    symlinkSync(join(outside, 'theirs.json'), path)
    expect(refusal()).to.equal(`${outside} belongs to another user.`)
    expect(statSync(join(outside, 'theirs.json')).uid).to.equal(0)
  })

  itAsRoot('refuses an unreadable file (skipped unless root runs it)', () => {
    put('{}', 0o000)
    for (const folder of [dirname(dirname(home)), dirname(home)]) chmodSync(folder, 0o755)
    chownSync(home, STRANGER, STRANGER)
    process.seteuid?.(STRANGER)
    try {
      expect(refusal()).to.equal(`${path} cannot be read: access is denied.`)
    } finally {
      process.seteuid?.(0)
    }
  })

  for (const mode of [0o644, 0o666, 0o640, 0o604]) {
    it(`restores mode ${mode.toString(8)} to 600, and reports it once`, () => {
      put('{}', mode)
      expect(readAuthFile(path).notices).to.deep.equal([
        `${path} was open to other users (mode ${mode.toString(8)}). Now only you can read it.`,
      ])
      expect(statSync(path).mode & 0o7777).to.equal(0o600)
      expect(readAuthFile(path).notices).to.deep.equal([])
    })
  }

  it('restricts a home in which others could read secrets, and names those, once', () => {
    put('{}', 0o644)
    for (const name of ['auth.json.broken-1', 'history.jsonl', 'model-choices.json']) {
      writeFileSync(join(home, name), '', {mode: 0o644})
    }
    writeFileSync(join(home, 'auth.json.foreign-1'), '', {mode: 0o600})
    chmodSync(home, 0o755)
    expect(readAuthFile(path).notices).to.deep.equal([
      `${home} was open to other users (mode 755), who could read auth.json, auth.json.broken-1, history.jsonl. Now only you can read it. If you do not trust them, sign in again and replace the keys.`,
    ])
    expect([home, path, join(home, 'history.jsonl')].map(modeOf)).to.deep.equal([
      '700',
      '600',
      '600',
    ])
    expect(readAuthFile(path).notices).to.deep.equal([])
  })

  it('restricts a home in which others could write, and reports it once', () => {
    put('{}')
    chmodSync(home, 0o770)
    expect(readAuthFile(path).notices).to.deep.equal([
      `${home} was open to other users (mode 770), who could change what is in it. Now only you can read it.`,
    ])
    expect(modeOf(home)).to.equal('700')
    expect(readAuthFile(path).notices).to.deep.equal([])
  })

  it('prints nothing for a home in which others saw only names, or which is for everybody', () => {
    put('{}')
    for (const mode of [0o755, 0o1777]) {
      chmodSync(home, mode)
      expect(readAuthFile(path).notices).to.deep.equal([])
      expect(modeOf(home)).to.equal(mode.toString(8))
    }
  })

  it('does not change the mode of a file that only its owner can read', () => {
    put('{}', 0o400)
    expect(readAuthFile(path).notices).to.deep.equal([])
    expect(statSync(path).mode & 0o7777).to.equal(0o400)
  })

  itMounts('reports that the mode cannot be repaired', async () => {
    mount(home, '-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs')
    put('{}', 0o644)
    expect(mounts('-o', 'remount,ro', home)).to.equal(true)
    const {bytes, notices} = readAuthFile(path)
    expect(String(bytes)).to.equal('{}')
    expect(notices[0]).to.include('644').and.include('could not be repaired').and.include('chmod')
    return Promise.resolve()
  })
})

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8)
}
