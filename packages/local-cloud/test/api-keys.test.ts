import {createHash} from 'node:crypto'
import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {ask, expectFailure} from './support/ask.js'
import {readObject} from './support/authorization-request.js'

const V1 = '/api/v1/mogplex'
const RUN = `${V1}/runs/5f0f2f9c-3d0c-4a34-9a53-6a4b8f3a7f11/cancel`
const ADA = 'ada@example.test'
const LIMIT = 60

describe('personal access tokens', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud()))
  after(() => cloud.close())

  const askCloud = (path: string, token?: string, method?: string) =>
    ask(cloud.url + path, token, method)
  const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    )

  it('are mog_ and 32 letters and digits, all different, and known as secrets', async () => {
    const keys = await Promise.all([cloud.createKey(ADA), cloud.createKey(ADA)])
    for (const key of keys) expect(key).to.match(/^mog_[A-Za-z0-9]{24}$/)
    expect(new Set(keys).size).to.equal(2)
    expect(cloud.secrets()).to.include.members(keys)
  })

  it('need an account and a scope', async () => {
    expect(String(await failureOf(cloud.createKey('eve@example.test')))).to.include('eve@')
    expect(String(await failureOf(cloud.createKey(ADA, {scopes: []})))).to.include('scope')
  })

  describe('on v1', () => {
    it('open the account they belong to', async () => {
      for (const [email, name] of [
        [ADA, 'ada/analytical-engine'],
        ['grace@example.test', 'grace/flow-matic'],
      ] as const) {
        const response = await askCloud(`${V1}/repos?limit=1`, await cloud.createKey(email))
        expect(response.status).to.equal(200)
        expect(await response.text()).to.include(name)
      }
    })

    it('are refused when they are unknown, expired or revoked', async () => {
      const revoked = await cloud.createKey(ADA)
      expect((await askCloud(`${V1}/repos`, revoked)).status).to.equal(200)
      await cloud.revokeKey(revoked)
      const expired = await cloud.createKey(ADA, {expiresAt: new Date()})
      for (const key of [revoked, expired, `mog_${'a'.repeat(24)}`, 'mog_']) {
        const response = await askCloud(`${V1}/repos`, key)
        const challenge = response.headers.get('www-authenticate')
        expect(challenge).to.include('/.well-known/oauth-protected-resource"')
        await expectFailure(response, 401, 'UNAUTHORIZED')
        expect((await askCloud(`${V1}/mcp`, key, 'POST')).status).to.equal(401)
      }
    })

    it('work until they expire', async () => {
      const expiresAt = new Date(Date.now() + 60_000)
      const key = await cloud.createKey(ADA, {expiresAt})
      expect((await askCloud(`${V1}/repos`, key)).status).to.equal(200)
    })

    it('are rejected with a lower-case scheme', async () => {
      const headers = {authorization: `bearer ${await cloud.createKey(ADA)}`}
      expect((await fetch(`${cloud.url}${V1}/repos`, {headers})).status).to.equal(401)
    })

    it('need the scope read for models and MCP servers, but not for repositories', async () => {
      const key = await cloud.createKey(ADA, {scopes: ['write']})
      for (const path of ['/models', '/mcp/servers']) {
        const error = await expectFailure(await askCloud(V1 + path, key), 403, 'FORBIDDEN')
        expect(JSON.stringify(error)).to.include('read')
      }
      expect((await askCloud(`${V1}/repos`, key)).status).to.equal(200)
    })

    it('need the scope write to cancel a run, which is checked before anything else', async () => {
      const reader = await cloud.createKey(ADA, {scopes: ['read']})
      const error = await expectFailure(await askCloud(RUN, reader, 'POST'), 403, 'FORBIDDEN')
      expect(JSON.stringify(error)).to.include('write')
      const writer = await cloud.createKey(ADA)
      await expectFailure(await askCloud(RUN, writer, 'POST'), 404, 'NOT_FOUND')
    })
  })

  it('end one at a time, and only existing ones', async () => {
    const [one, other] = [await cloud.createKey(ADA), await cloud.createKey(ADA)]
    await cloud.revokeKey(one)
    await cloud.revokeTokens()
    expect((await askCloud(`${V1}/repos`, other)).status).to.equal(200)
    const unknown = `mog_${'b'.repeat(24)}`
    const failure = await failureOf(cloud.revokeKey(unknown))
    expect(failure).to.be.instanceOf(Error)
    expect(String(failure)).to.not.include(unknown)
  })

  describe('over their limit', () => {
    let key: string
    before(async () => {
      key = await cloud.createKey(ADA)
      for (let count = 0; count < LIMIT; count++) {
        expect((await askCloud(`${V1}/repos?limit=1`, key)).status).to.equal(200)
      }
    })

    it('get a time to come back from v1', async () => {
      for (const path of ['/repos', '/models', '/nothing']) {
        const response = await askCloud(V1 + path, key)
        expect(response.headers.get('retry-after')).to.equal('60')
        await expectFailure(response, 429, 'RATE_LIMITED')
      }
    })

    it('look like invalid keys on the other routes', async () => {
      for (const path of ['/api/mcp-servers?format=cli', '/api/settings']) {
        const response = await askCloud(path, key)
        expect(response.status).to.equal(401)
        expect(await readObject(response)).to.deep.equal({error: 'Unauthorized'})
      }
      expect((await askCloud('/api/models?format=cli', key)).status).to.equal(200)
      expect(await readObject(await askCloud('/api/auth/user', key))).to.deep.equal({user: null})
    })

    it('do not affect other keys', async () => {
      expect((await askCloud(`${V1}/repos`, await cloud.createKey(ADA))).status).to.equal(200)
      const {access_token} = await cloud.signIn(ADA)
      for (let count = 0; count <= LIMIT; count++) {
        expect((await askCloud(`${V1}/repos?limit=1`, access_token)).status).to.equal(200)
      }
    })
  })

  it('are kept in the data file as hashes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-cloud-'))
    const dataFile = join(folder, 'cloud.json')
    try {
      const first = await startLocalCloud({dataFile})
      const expiresAt = new Date(Date.now() + 60_000)
      const key = await first.createKey(ADA, {scopes: ['read'], expiresAt})
      const revoked = await first.createKey(ADA)
      await first.revokeKey(revoked)
      const text = await readFile(dataFile, 'utf8')
      expect(text).to.not.include(key)
      expect(text).to.include(createHash('sha256').update(key).digest('hex'))
      expect(text).to.include(`"start": "${key.slice(0, 12)}"`)
      await first.close()

      const second = await startLocalCloud({dataFile})
      try {
        expect((await ask(`${second.url}${V1}/models`, key)).status).to.equal(200)
        expect((await ask(second.url + RUN, key, 'POST')).status).to.equal(403)
        expect((await ask(`${second.url}${V1}/models`, revoked)).status).to.equal(401)
        await second.revokeKey(key)
        expect((await ask(`${second.url}${V1}/models`, key)).status).to.equal(401)
      } finally {
        await second.close()
      }
    } finally {
      await rm(folder, {recursive: true})
    }
  })
})
