import {startLocalCloud, type LocalCloud} from '@mogplex/local-cloud'
import {expect} from 'chai'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {mcpServersText, modelsText} from '../../src/app/hosted-text.js'
import {replaceFile} from '../../src/adapters/atomic-write.js'
import {ensureFolder} from '../../src/adapters/home.js'
import {HostedFiles} from '../../src/adapters/hosted-files.js'
import {createHttp} from '../../src/adapters/http.js'
import {createHostedApi} from '../../src/adapters/mogplex-api/hosted-api.js'
import {retryingHttp} from '../../src/adapters/mogplex-api/retrying-http.js'
import {pause} from '../../src/adapters/pause.js'
import type {OAuthCredential} from '../../src/domain/credential/credential.js'
import {LoginChangedError} from '../../src/domain/errors/hosted-state.js'
import {isSameLogin} from '../../src/domain/hosted/hosted-account.js'
import {Secret} from '../../src/domain/credential/secret.js'
import {listMcpServers, listModels, type ListPorts} from '../../src/services/list-hosted-state.js'
import {syncHostedState, type SyncPorts} from '../../src/services/sync-hosted-state.js'
import {findLeaks} from '../support/leaks.js'
import {givenAccess} from '../support/given-access.js'
import {makeLogin, serverAt} from '../support/make-credential.js'
import {listFiles, temporaryHome} from '../support/temporary-home.js'
import {makeAccount} from '../support/make-account.js'

const WIDE = {
  palette: {strong: String, faint: String, good: String, bad: String, command: String},
  homeFolder: '/home/ada',
  now: new Date(),
  columns: undefined,
}

describe('hosted state', () => {
  let cloud: LocalCloud
  let home: string
  let files: HostedFiles
  let current: OAuthCredential
  let ports: ListPorts

  before(async () => {
    cloud = await startLocalCloud()
  })

  after(() => cloud.close())

  beforeEach(async () => {
    home = join(await temporaryHome(), '.mogplex')
    ensureFolder(home)
    const loadWriter = async () => Promise.resolve({ensureFolder, replaceFile})
    files = new HostedFiles({home, loadWriter, redact: async (text) => Promise.resolve(text)})
    current = await signIn('ada@example.test')
    const syncPorts: SyncPorts = {
      files,
      clock: {now: () => new Date()},
      server: serverAt(cloud.url),
      api: createHostedApi(retryingHttp(createHttp('mogplex/test'), pause), cloud.url),
      access: givenAccess(() => current),
      session: {
        isStillInUse: (used) => isSameLogin(used, current),
        storedOfMogplex: () => [current],
      },
      checkPromptAcceptance: async () => Promise.resolve(),
    }
    ports = {
      files,
      server: serverAt(cloud.url),
      session: {accountCredential: () => current},
      sync: async (request) => syncHostedState(syncPorts, request),
    }
  })

  afterEach('finds no secret in the files', () => {
    expect(findLeaks({secrets: cloud.secrets(), folder: home})).to.deep.equal([])
  })

  async function signIn(email: string, scope?: string): Promise<OAuthCredential> {
    const {access_token: accessToken} = await cloud.signIn(email, scope)
    return makeLogin({
      issuer: cloud.url,
      accessToken: new Secret(accessToken),
      account: makeAccount({id: email, email}),
      grantId: `grant of ${email}`,
    })
  }

  it('is synced once, and then answers without network, and without a secret', async () => {
    const models = await listModels(ports, {refresh: true})
    expect(models.total).to.be.greaterThan(5)
    const [first] = models.entries
    expect(first?.id).to.match(/^\w+\/.+/)
    expect(first?.pricing.input).to.be.a('number').and.to.be.below(0.001)
    const requests = cloud.requests.length
    const servers = await listMcpServers(ports, {refresh: false})
    expect(servers.total).to.be.greaterThan(0)
    expect(await listModels(ports, {refresh: false})).to.deep.equal(models)
    expect(cloud.requests).to.have.length(requests)
    expect(await listFiles(home)).to.deep.equal(['hosted/mcp-servers.json', 'hosted/models.json'])
    const texts = {
      models: modelsText(models, cloud.url, WIDE),
      servers: mcpServersText(servers, WIDE),
      json: JSON.stringify([models, servers]),
    }
    expect(texts.models).to.include(first?.id)
    expect(findLeaks({secrets: cloud.secrets(), texts})).to.deep.equal([])
  })

  it('handles an account that may call no model', async () => {
    current = await signIn('grace@example.test')
    const models = await listModels(ports, {refresh: true})
    expect(models.total).to.equal(0)
    expect(modelsText(models, cloud.url, WIDE)).to.include(`${cloud.url}/settings/billing`)
  })

  it('belongs to the account, and is replaced with the next one', async () => {
    await listModels(ports, {refresh: true})
    const ada = readFileSync(join(home, 'hosted', 'models.json'), 'utf8')
    current = await signIn('grace@example.test')
    const error: unknown = await listModels(ports, {refresh: false}).catch((e: unknown) => e)
    expect(error).to.include({code: 'NOT_SYNCED', exitCode: 1})
    await listMcpServers(ports, {refresh: true})
    expect(readFileSync(join(home, 'hosted', 'models.json'), 'utf8')).not.to.equal(ada)
    expect(files.clear().counts.mcpServers).to.be.greaterThan(0)
    expect(await listFiles(home)).to.deep.equal([])
  })

  it('needs the scope read', async () => {
    current = await signIn('ada@example.test', 'write offline_access')
    const error: unknown = await listModels(ports, {refresh: true}).catch((e: unknown) => e)
    expect(error).to.include({code: 'SCOPE_MISSING', exitCode: 65})
    expect(await listFiles(home)).to.deep.equal([])
  })

  it('repeats an interrupted request, once', async () => {
    let cuts = 0
    const remove = cloud.intercept(async ({url}) => {
      if (!url.endsWith('/models') || cuts === 1) return Promise.resolve(undefined)
      cuts += 1
      return Promise.resolve('drop')
    })
    try {
      expect((await listModels(ports, {refresh: true})).total).to.be.greaterThan(5)
    } finally {
      remove()
    }
    expect(cuts).to.equal(1)
  })

  it('stores nothing when another account signed in meanwhile', async () => {
    const grace = await signIn('grace@example.test')
    const remove = cloud.intercept(async ({url}) => {
      if (url.endsWith('/models')) current = grace
      return Promise.resolve(undefined)
    })
    try {
      const error: unknown = await listModels(ports, {refresh: true}).catch((e: unknown) => e)
      expect(error).to.be.instanceOf(LoginChangedError)
    } finally {
      remove()
    }
    expect(files.readModels({issuer: cloud.url, id: 'ada@example.test'})).to.equal(undefined)
    expect(files.readModels({issuer: cloud.url, id: 'grace@example.test'})).to.equal(undefined)
  })
})
