import {expect} from 'chai'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {type JsonError, jsonErrorOf} from '../support/answers.js'
import {itMounts, mount, mounts} from '../support/mounts.js'
import {setStage} from '../support/sign-in-stage.js'

const STORED = '{"anthropic": {"type": "api", "key": "sk-ant-stored-before"}}\n'

describe('mogplex login --with-api-key, where nothing can be stored', () => {
  const stage = setStage()
  let folder: string
  beforeEach(() => {
    folder = join(stage.home, 'disk')
    mkdirSync(folder)
  })
  const path = (): string => join(folder, 'auth.json')

  /** It fails before it asks for the key: nothing is written to standard input. */
  async function refused(): Promise<JsonError> {
    const env = {MOGPLEX_HOME: folder}
    const login = stage.start(['login', '--with-api-key', '--json'], {env})
    const error = jsonErrorOf(await login.exit)
    expect(error).to.include({code: 'LOCAL_FILE', exitCode: 1})
    expect(error.message).to.include(folder)
    expect(stage.cloud.requests, 'no key was checked').to.deep.equal([])
    return error
  }

  itMounts('names a read-only file system, and keeps the old key', async () => {
    mount(folder, '-t', 'tmpfs', '-o', 'size=256k,mode=700', 'tmpfs')
    writeFileSync(path(), STORED, {mode: 0o600})
    expect(mounts('-o', 'remount,ro', folder)).to.equal(true)
    expect((await refused()).message).to.include('read-only')
    expect(readFileSync(path(), 'utf8')).to.equal(STORED)
  })

  itMounts('names a file that is a mount point, and keeps the old key', async () => {
    writeFileSync(path(), STORED, {mode: 0o600})
    mount(path(), '--bind', path())
    expect((await refused()).message).to.match(/\bmounted\b/)
    expect(readFileSync(path(), 'utf8')).to.equal(STORED)
  })
})
