import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {replaceFile} from '../../../src/adapters/atomic-write.js'
import {ensureFolder} from '../../../src/adapters/home.js'
import {HostedFiles} from '../../../src/adapters/hosted-files.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {parseMcpServers} from '../../../src/domain/hosted/mcp-servers.js'
import type {ModelEntry} from '../../../src/domain/hosted/model-catalog.js'
import {changeFs, failing} from '../../support/change-fs.js'
import {findLeaks} from '../../support/leaks.js'
import {MCP_SECRETS, SECRET_MCP_SERVERS} from '../../support/secret-mcp-servers.js'
import {expectMode} from '../../support/system-under-test.js'
import {listFiles, temporaryHome} from '../../support/temporary-home.js'

const ADA = {issuer: 'https://mogplex.com', id: 'usr_1'}
const GRACE = {issuer: 'https://mogplex.com', id: 'usr_2'}
const SYNCED_AT = new Date('2026-11-23T17:00:00.000Z')
const MODEL: ModelEntry = {
  id: 'openai/gpt',
  provider: 'openai',
  name: 'GPT',
  contextLength: null,
  capabilities: [],
  pricing: {input: 0, output: null},
}
const SERVERS = parseMcpServers(SECRET_MCP_SERVERS)
const MODELS_COPY = {account: ADA, syncedAt: SYNCED_AT, entries: [MODEL]}
const SERVERS_COPY = {account: ADA, syncedAt: SYNCED_AT, entries: SERVERS}

const redact = async (text: string): Promise<string> =>
  Promise.resolve(text.replaceAll('a-token-of-ours', '[redacted]'))

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8)
}

describe('HostedFiles', () => {
  let home: string
  let files: HostedFiles
  let modelsPath: string
  let serversPath: string

  function put(contents: string): void {
    mkdirSync(join(home, 'hosted'), {recursive: true})
    writeFileSync(modelsPath, contents)
  }

  beforeEach(async () => {
    home = join(await temporaryHome(), '.mogplex')
    const loadWriter = async () => Promise.resolve({ensureFolder, replaceFile})
    files = new HostedFiles({home, loadWriter, redact})
    modelsPath = join(home, 'hosted', 'models.json')
    serversPath = join(home, 'hosted', 'mcp-servers.json')
  })

  it('remembers until the next sync that an account had no balance', async () => {
    expect(files.hasNoBalance(ADA)).to.equal(false)
    await files.noteNoBalance(ADA, SYNCED_AT)
    expect([files.hasNoBalance(ADA), files.hasNoBalance(GRACE)]).to.deep.equal([true, false])
    await files.storeMcpServers(SERVERS_COPY)
    expect(files.hasNoBalance(ADA)).to.equal(true)
    await files.storeModels(MODELS_COPY)
    expect(files.hasNoBalance(ADA)).to.equal(false)
  })

  it('forgets a missing balance with the account, and on request', async () => {
    await files.noteNoBalance(ADA, SYNCED_AT)
    files.clear((owner) => owner?.id === GRACE.id)
    expect(files.hasNoBalance(ADA)).to.equal(true)
    files.clear()
    expect(files.hasNoBalance(ADA)).to.equal(false)
    await files.noteNoBalance(ADA, SYNCED_AT)
    files.forgetNoBalance()
    expect(files.hasNoBalance(ADA)).to.equal(false)
    files.forgetNoBalance()
  })

  it('treats a list without valid entries as absent, not as empty', () => {
    put(JSON.stringify({account: ADA, syncedAt: SYNCED_AT, models: [{name: 'later'}]}))
    expect(files.readModels(ADA)).to.equal(undefined)
  })

  it('returns what was stored, for its account', async () => {
    await files.storeModels(MODELS_COPY)
    await files.storeMcpServers(SERVERS_COPY)
    expect(files.readModels(ADA)).to.deep.equal(MODELS_COPY)
    expect(files.readMcpServers({...ADA})).to.deep.equal(SERVERS_COPY)
    for (const other of [GRACE, {...ADA, issuer: 'https://staging.example.com'}]) {
      expect(files.readModels(other)).to.equal(undefined)
      expect(files.readMcpServers(other)).to.equal(undefined)
    }
  })

  it('records the account and the time in the file', async () => {
    await files.storeModels(MODELS_COPY)
    expect(JSON.parse(readFileSync(modelsPath, 'utf8'))).to.deep.equal({
      account: ADA,
      syncedAt: '2026-11-23T17:00:00.000Z',
      models: [MODEL],
    })
  })

  it('stores no secret that a server put into a name', async () => {
    await files.storeModels({...MODELS_COPY, entries: [{...MODEL, name: 'a-token-of-ours'}]})
    expect(readFileSync(modelsPath, 'utf8')).to.not.include('a-token-of-ours')
    expect(files.readModels(ADA)?.entries[0]?.name).to.equal('[redacted]')
  })

  it('stores no secret of a definition on disk', async () => {
    await files.storeMcpServers(SERVERS_COPY)
    expect(readFileSync(serversPath, 'utf8')).to.include('database')
    expect(findLeaks({secrets: MCP_SECRETS, folder: home})).to.deep.equal([])
  })

  it('writes for the owner only, in folders for the owner only, whatever the umask', async () => {
    for (const umask of [0o000, 0o777]) {
      const before = process.umask(umask)
      try {
        await files.storeModels(MODELS_COPY)
      } finally {
        process.umask(before)
      }
      expectMode(modelsPath, 0o600)
      expect([modeOf(home), modeOf(join(home, 'hosted'))]).to.deep.equal(['700', '700'])
      expect(await listFiles(home)).to.deep.equal(['hosted/models.json'])
      chmodSync(home, 0o755)
      chmodSync(join(home, 'hosted'), 0o755)
      chmodSync(modelsPath, 0o644)
    }
  })

  it('removes the permissions of others when it reads', async () => {
    await files.storeModels(MODELS_COPY)
    chmodSync(modelsPath, 0o644)
    expect(files.readModels(ADA)).to.deep.equal(MODELS_COPY)
    expectMode(modelsPath, 0o600)
  })

  const whole = {account: ADA, syncedAt: SYNCED_AT.toISOString(), models: [MODEL]}
  for (const [what, contents] of Object.entries({
    'an empty file': '',
    'half a file': '{"account":',
    'a list': '[]',
    'another text': 'models',
    'no account': JSON.stringify({...whole, account: undefined}),
    'an account without an id': JSON.stringify({...whole, account: {issuer: ADA.issuer}}),
    'no list in it': JSON.stringify({...whole, models: {}}),
    'no instant': JSON.stringify({...whole, syncedAt: 'yesterday'}),
    'an instant of another type': JSON.stringify({...whole, syncedAt: 7}),
  })) {
    it(`treats ${what} as absent, and replaces it`, async () => {
      put(contents)
      expect(files.readModels(ADA)).to.equal(undefined)
      await files.storeModels(MODELS_COPY)
      expect(files.readModels(ADA)).to.deep.equal(MODELS_COPY)
    })
  }

  it('leaves out invalid entries, and reads the rest', () => {
    put(JSON.stringify({...whole, later: 1, models: [null, {name: 'x'}, MODEL]}))
    expect(files.readModels(ADA)?.entries).to.deep.equal([MODEL])
  })

  it('reads a copy once, and again when it has changed', async () => {
    await files.storeModels(MODELS_COPY)
    expect(files.readModels(ADA)?.entries).to.deep.equal([MODEL])
    const restore = changeFs({openSync: failing('EIO')})
    expect(files.readModels(ADA)?.entries, 'without opening it').to.deep.equal([MODEL])
    restore()
    // Of the same length, and with the same timestamp.
    const {atime, mtime} = statSync(modelsPath)
    writeFileSync(modelsPath, readFileSync(modelsPath, 'utf8').replace('openai/gpt', 'openai/new'))
    utimesSync(modelsPath, atime, mtime)
    expect(files.readModels(ADA)?.entries.map(({id}) => id)).to.deep.equal(['openai/new'])
    rmSync(modelsPath)
    expect(files.readModels(ADA)).to.equal(undefined)
  })

  it('treats what it cannot read as absent, without waiting', () => {
    expect(files.readModels(ADA), 'no home').to.equal(undefined)
    put(JSON.stringify(whole))
    truncateSync(modelsPath, 9 * 1024 * 1024)
    expect(files.readModels(ADA), 'too large').to.equal(undefined)
    mkdirSync(serversPath)
    expect(files.readMcpServers(ADA), 'a folder').to.equal(undefined)
    const other = join(home, 'other')
    mkdirSync(join(other, 'hosted'), {recursive: true})
    symlinkSync('models.json', join(other, 'hosted', 'models.json'))
    expect(spawnSync('mkfifo', [join(other, 'hosted', 'mcp-servers.json')]).status).to.equal(0)
    const loadWriter = async () => Promise.resolve({ensureFolder, replaceFile})
    const others = new HostedFiles({home: other, loadWriter, redact})
    expect(others.readModels(ADA), 'a circle').to.equal(undefined)
    expect(others.readMcpServers(ADA), 'a pipe').to.equal(undefined)
  })

  it('fails to store with exit 1, naming the path, and keeps the old copy', async () => {
    await files.storeModels(MODELS_COPY)
    mkdirSync(serversPath)
    const error: unknown = await files.storeMcpServers(SERVERS_COPY).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(LocalFileError)
    expect(String(error)).to.include('mcp-servers.json')
    expect(files.readModels(ADA)).to.deep.equal(MODELS_COPY)
  })

  it('reads, changes and removes nothing outside, wherever links lead', async () => {
    const outside = join(home, '..', 'outside')
    mkdirSync(outside, {mode: 0o755})
    for (const name of ['models.json', 'mcp-servers.json']) {
      writeFileSync(join(outside, name), JSON.stringify(whole), {mode: 0o644})
    }
    mkdirSync(join(home, 'hosted'), {recursive: true})
    symlinkSync(join(outside, 'models.json'), modelsPath)
    expect(files.readModels(ADA)).to.equal(undefined)
    await files.storeModels(MODELS_COPY)
    expect(files.readModels(ADA)).to.deep.equal(MODELS_COPY)
    rmSync(join(home, 'hosted'), {recursive: true})
    symlinkSync(outside, join(home, 'hosted'))
    expect(files.readModels(ADA)).to.equal(undefined)
    const error: unknown = await files.storeModels(MODELS_COPY).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(LocalFileError)
    expect(String(error)).to.include(`${join(home, 'hosted')} is a symbolic link`)
    expect(files.clear()).to.deep.equal({counts: {models: 0, mcpServers: 0}, failures: []})
    expectMode(outside, 0o755)
    for (const name of ['models.json', 'mcp-servers.json']) {
      expect(readFileSync(join(outside, name), 'utf8')).to.equal(JSON.stringify(whole))
      expectMode(join(outside, name), 0o644)
    }
  })

  describe('clear', () => {
    it('removes both copies, and returns how many entries were in them', async () => {
      await files.storeModels(MODELS_COPY)
      await files.storeMcpServers(SERVERS_COPY)
      expect(files.clear()).to.deep.equal({
        counts: {models: 1, mcpServers: SERVERS.length},
        failures: [],
      })
      expect(await listFiles(home)).to.deep.equal([])
      expect(files.clear()).to.deep.equal({counts: {models: 0, mcpServers: 0}, failures: []})
    })

    it('does nothing where there is no home', () => {
      expect(files.clear()).to.deep.equal({counts: {models: 0, mcpServers: 0}, failures: []})
      expect(existsSync(home)).to.equal(false)
    })

    it('removes unreadable copies, too', () => {
      put('{"account":')
      expect(files.clear()).to.deep.equal({counts: {models: 0, mcpServers: 0}, failures: []})
      expect(existsSync(modelsPath)).to.equal(false)
    })

    it('removes only the selected copies', async () => {
      await files.storeModels({...MODELS_COPY, account: GRACE})
      await files.storeMcpServers(SERVERS_COPY)
      const {counts} = files.clear((account) => account?.id === ADA.id)
      expect(counts).to.deep.equal({models: 0, mcpServers: SERVERS.length})
      expect(await listFiles(home)).to.deep.equal(['hosted/models.json'])
    })

    it('names a folder that is in the place of a copy, and removes the other copy', async () => {
      await files.storeMcpServers(SERVERS_COPY)
      mkdirSync(modelsPath, {recursive: true})
      const {counts, failures} = files.clear()
      expect(counts).to.deep.equal({models: 0, mcpServers: SERVERS.length})
      expect(failures).to.have.lengthOf(1)
      expect(failures[0]).to.be.instanceOf(LocalFileError)
      expect(failures[0]?.message).to.include(modelsPath)
    })

    it('does nothing where the folder is a file', () => {
      mkdirSync(home)
      writeFileSync(join(home, 'hosted'), '')
      expect(files.clear()).to.deep.equal({counts: {models: 0, mcpServers: 0}, failures: []})
    })
  })
})
