import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {ask, expectFailure} from './support/ask.js'
import {readObject} from './support/authorization-request.js'

const V1 = '/api/v1/mogplex'
const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const WRONG = `mog_${'x'.repeat(24)}`

type Fields = Record<string, unknown>

/** The fields of a value that must be an object. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? {...value} : {}
}

describe('the listings', () => {
  let cloud: LocalCloud
  let ada: string
  let grace: string
  let accessToken: string
  before(async () => {
    cloud = await startLocalCloud()
    ada = await cloud.createKey(ADA, {scopes: ['read']})
    grace = await cloud.createKey(GRACE)
    accessToken = (await cloud.signIn(ADA, 'read')).access_token
  })
  after(() => cloud.close())

  const askCloud = (path: string, token?: string) => ask(cloud.url + path, token)
  const dataOf = async (path: string, token: string): Promise<unknown> => {
    const body = await readObject(await askCloud(V1 + path, token))
    expect(body.ok).to.equal(true)
    return body.data
  }
  const list = (value: unknown): Fields[] => {
    expect(value).to.be.an('array')
    return Array.isArray(value) ? value.map(fieldsOf) : []
  }
  const listAt = async (path: string, token: string): Promise<Fields[]> => {
    const response = await askCloud(path, token)
    expect(response.status).to.equal(200)
    return list(await response.json())
  }
  const listIn = async (path: string, name: string, token: string): Promise<Fields[]> => {
    const data = await dataOf(path, token)
    expect(data).to.have.all.keys(name)
    return list(fieldsOf(data)[name])
  }

  describe('of models', () => {
    it('has the shape of v1: a dozen models of several providers', async () => {
      const models = await listIn('/models', 'models', ada)
      expect(models).to.have.length.within(10, 15)
      expect(new Set(models.map(({provider}) => provider)).size).to.be.greaterThan(4)
      for (const model of models) {
        expect(model).to.have.all.keys(
          'id',
          'provider',
          'name',
          'contextLength',
          'capabilities',
          'pricing',
        )
        expect(String(model.id).split('/')[0]).to.equal(model.provider)
        expect(model.capabilities).to.be.an('array')
        expect(model.pricing).to.have.all.keys('input', 'output')
      }
    })

    it('has prices per token, and leaves out unknown ones', async () => {
      const models = await listIn('/models', 'models', ada)
      const sonnet = models.find(({id}) => id === 'anthropic/claude-sonnet-4.5')
      expect(sonnet).to.deep.equal({
        id: 'anthropic/claude-sonnet-4.5',
        provider: 'anthropic',
        name: 'Claude Sonnet 4.5',
        contextLength: 1_000_000,
        capabilities: ['tool-use', 'reasoning', 'vision'],
        pricing: {input: 0.000003, output: 0.000015},
      })
      const open = models.filter(({contextLength}) => contextLength === null)
      expect(open.map(({pricing}) => pricing)).to.deep.equal([{input: null, output: null}])
    })

    it('is the same with an access token, and empty without model access', async () => {
      const hers = await dataOf('/models', accessToken)
      expect(hers).to.deep.equal(await dataOf('/models', ada))
      expect(await dataOf('/models', grace)).to.deep.equal({models: []})
      expect(await listAt('/api/models?format=cli', grace)).to.deep.equal([])
    })

    it('is a bare array of another shape for the CLI', async () => {
      const models = await listAt('/api/models?format=cli', ada)
      const ids = (await listIn('/models', 'models', ada)).map(({id}) => id)
      expect(models.map(({slug}) => slug)).to.deep.equal(ids)
      expect(models.find(({slug}) => slug === 'google/gemini-2.5-pro')).to.deep.equal({
        slug: 'google/gemini-2.5-pro',
        provider: 'google',
        displayName: 'Gemini 2.5 Pro',
        inputModalities: ['text', 'image', 'audio'],
        caps: {toolUse: true, streaming: true, reasoningEffort: true, parallelToolCalls: true},
        contextWindow: 1_048_576,
        maxOutputTokens: 65_536,
        pricing: {inputPerMillion: 1.25, outputPerMillion: 10, currency: 'USD'},
      })
      const least = models.find(({slug}) => slug === 'moonshotai/kimi-k2')
      expect(least).to.have.all.keys('slug', 'provider', 'displayName', 'inputModalities', 'caps')
    })

    it('is also shown to a wrong key: the anonymous catalog', async () => {
      const models = await listAt('/api/models?format=cli', WRONG)
      expect(models).to.deep.equal(await listAt('/api/models?format=cli', ada))
    })
  })

  describe('of MCP servers', () => {
    it('has servers of both kinds, an address with a credential, and a disabled one', async () => {
      const servers = await listIn('/mcp/servers', 'servers', ada)
      for (const server of servers) {
        expect(server).to.have.all.keys('name', 'enabled', 'config')
      }
      const [browser, engine, notes] = servers.map(({config}) => fieldsOf(config))
      expect(servers.map(({enabled}) => enabled)).to.deep.equal([false, true, true])
      expect(browser).to.include.keys('url', 'http_headers', 'oauth', 'startup_timeout_sec')
      expect(engine).to.have.all.keys('command', 'args', 'env')
      expect(notes).to.have.all.keys('url', 'http_headers')
      expect(new URL(String(notes?.url)).searchParams.has('api_key')).to.equal(true)
      expect(notes?.http_headers)
        .to.have.property('Authorization')
        .that.matches(/^Bearer \S+$/)
    })

    it('belongs to the account, and accepts access tokens too', async () => {
      const hers = await dataOf('/mcp/servers', accessToken)
      expect(hers).to.deep.equal(await dataOf('/mcp/servers', ada))
      const servers = await listIn('/mcp/servers', 'servers', grace)
      expect(servers.map(({name}) => name)).to.deep.equal(['compiler'])
    })

    it('is a bare array of the same records for the CLI', async () => {
      const bare = await listAt('/api/mcp-servers?format=cli', ada)
      expect(bare).to.deep.equal(await listIn('/mcp/servers', 'servers', ada))
    })

    it('contains exactly the secrets that the cloud knows as such', async () => {
      const answers = [await dataOf('/mcp/servers', ada), await dataOf('/mcp/servers', grace)]
      let text = JSON.stringify(answers)
      const found = cloud.secrets().filter((secret) => text.includes(secret))
      expect(found).to.have.length(7)
      for (const secret of found) text = text.replaceAll(secret, '')
      expect(text).to.not.match(/[A-Za-z0-9]{20}/)
    })
  })

  it('of v1 need a credential', async () => {
    for (const path of [`${V1}/models`, `${V1}/mcp/servers`]) {
      expect((await askCloud(path)).status).to.equal(307)
      await expectFailure(await askCloud(path, WRONG), 401, 'UNAUTHORIZED')
    }
  })

  it('for the CLI send an access token to the sign-in page', async () => {
    for (const path of ['/api/models?format=cli', '/api/mcp-servers?format=cli']) {
      for (const token of [accessToken, undefined, 'wrong']) {
        const response = await askCloud(path, token)
        expect(response.status).to.equal(307)
        const next = new URLSearchParams({next: path})
        expect(response.headers.get('location')).to.equal(`/login?${next}`)
      }
    }
  })

  it('of MCP servers for the CLI refuse a wrong key', async () => {
    expect((await askCloud('/api/mcp-servers?format=cli', WRONG)).status).to.equal(401)
  })

  describe('of the account itself', () => {
    it('identifies the owner of a key', async () => {
      const {user} = await readObject(await askCloud('/api/auth/user', ada))
      expect(user).to.have.property('id').that.is.a('string').and.not.empty
      const {id} = fieldsOf(user)
      expect(user).to.deep.equal({
        id,
        email: ADA,
        username: 'ada',
        name: 'Ada Lovelace',
        avatar_url: null,
        github_username: 'ada',
      })
      expect(await (await askCloud('/api/auth/user', grace)).text()).to.include(GRACE)
    })

    it('gives the user the id of an ID token', async () => {
      const {id_token = ''} = await cloud.signIn(ADA)
      const claims: unknown = JSON.parse(
        Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString(),
      )
      const {user} = await readObject(await askCloud('/api/auth/user', ada))
      expect(user).to.have.property('id', fieldsOf(claims).sub)
    })

    it('identifies nobody by another credential', async () => {
      for (const token of [undefined, accessToken, WRONG, 'wrong']) {
        const response = await askCloud('/api/auth/user', token)
        expect(response.status).to.equal(200)
        expect(await response.json()).to.deep.equal({user: null})
      }
    })

    it('shows the settings to a key only', async () => {
      const settings = await readObject(await askCloud('/api/settings', ada))
      const models = await listIn('/models', 'models', ada)
      expect(settings).to.have.all.keys('default_model', 'theme')
      expect(models.map(({id}) => id)).to.include(settings.default_model)
      const hers = await readObject(await askCloud('/api/settings', grace))
      expect(hers).to.deep.equal({default_model: null, theme: 'system'})
      expect((await askCloud('/api/settings', WRONG)).status).to.equal(401)
      expect((await askCloud('/api/settings', accessToken)).status).to.equal(307)
    })
  })
})
