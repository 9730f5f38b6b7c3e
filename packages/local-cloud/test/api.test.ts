import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {ask as send, expectFailure} from './support/ask.js'
import {readObject} from './support/authorization-request.js'

const V1 = '/api/v1/mogplex'
const RUN = `${V1}/runs/5f0f2f9c-3d0c-4a34-9a53-6a4b8f3a7f11/cancel`
const PERSONAL_ROUTES = [
  '/api/models',
  '/api/mcp-servers',
  '/api/settings',
  '/api/cli/inference/chat/completions',
]

describe('the API', () => {
  let cloud: LocalCloud
  let ada: string
  before(async () => {
    cloud = await startLocalCloud()
    ada = (await cloud.signIn('ada@example.test')).access_token
  })
  after(() => cloud.close())

  const ask = (path: string, token?: string, method?: string): Promise<Response> =>
    send(cloud.url + path, token, method)
  const names = async (query: string, token = ada): Promise<unknown[]> => {
    const body: unknown = await (await ask(`${V1}/repos${query}`, token)).json()
    const repos = /"full_name":"([^"]*)"/g
    return [...JSON.stringify(body).matchAll(repos)].map(([, name]) => name)
  }

  describe('the gate', () => {
    for (const path of [`${V1}/repos?limit=1`, `${V1}/nothing`, V1]) {
      it(`sends ${path} without a credential to the sign-in page`, async () => {
        const response = await ask(path)
        expect(response.status).to.equal(307)
        const next = new URLSearchParams({next: path})
        expect(response.headers.get('location')).to.equal(`/login?${next}`)
      })
    }

    it('answers a bad credential with 401 and says where to sign in', async () => {
      for (const path of ['/repos', '/nothing']) {
        const response = await ask(V1 + path, 'wrong')
        const metadata = `${cloud.url}/.well-known/oauth-protected-resource`
        const challenge = `Bearer resource_metadata="${metadata}"`
        expect(response.headers.get('www-authenticate')).to.equal(challenge)
        await expectFailure(response, 401, 'UNAUTHORIZED')
        expect((await fetch(metadata)).status).to.equal(200)
      }
    })

    it('rejects the scheme in lower case', async () => {
      const headers = {authorization: `bearer ${ada}`}
      const response = await fetch(`${cloud.url}${V1}/repos`, {headers, redirect: 'manual'})
      expect(response.status).to.equal(401)
    })

    it('treats a token with neither read nor write as invalid', async () => {
      const {access_token} = await cloud.signIn('ada@example.test', 'openid email')
      await expectFailure(await ask(`${V1}/repos`, access_token), 401, 'UNAUTHORIZED')
    })

    it('answers the MCP route in JSON-RPC, with a credential or without', async () => {
      for (const token of [undefined, 'wrong']) {
        const response = await ask(`${V1}/mcp`, token, 'POST')
        expect(response.status).to.equal(401)
        const metadata = `${cloud.url}/.well-known/oauth-protected-resource${V1}/mcp`
        expect(response.headers.get('www-authenticate')).to.include(metadata)
        expect((await readObject(response)).error).to.include({code: -32_001})
      }
    })

    for (const path of PERSONAL_ROUTES) {
      it(`sends ${path} to the sign-in page with an access token and without`, async () => {
        for (const token of [ada, undefined]) {
          const response = await ask(path, token)
          expect(response.status).to.equal(307)
          expect(response.headers.get('location')).to.match(/^\/login\?next=/)
        }
      })
    }

    it('refuses a wrong personal access token, but shows it the anonymous catalog', async () => {
      const statuses = await Promise.all(
        PERSONAL_ROUTES.map(async (path) => (await ask(path, 'mog_wrong')).status),
      )
      expect(statuses).to.deep.equal([200, 401, 401, 401])
    })

    it('knows no user at /api/auth/user', async () => {
      for (const token of [ada, undefined]) {
        const response = await ask('/api/auth/user', token)
        expect(response.status).to.equal(200)
        expect(await response.json()).to.deep.equal({user: null})
      }
    })
  })

  describe('GET /repos', () => {
    it('lists the repositories of the account, ordered by name', async () => {
      expect(await names('')).to.deep.equal(['ada/analytical-engine', 'ada/bernoulli-numbers'])
      const grace = await cloud.signIn('grace@example.test', 'write')
      const hers = ['grace/flow-matic', 'grace/nanosecond']
      expect(await names('', grace.access_token)).to.deep.equal(hers)
    })

    it('gives every field of a repository', async () => {
      const body = await readObject(await ask(`${V1}/repos?limit=1`, ada))
      expect(body).to.deep.equal({
        ok: true,
        data: {
          repos: [
            {
              id: '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001',
              full_name: 'ada/analytical-engine',
              installation_id: 1815,
              default_branch: 'main',
              root_directory: null,
            },
          ],
        },
      })
    })

    it('clamps the limit instead of refusing it', async () => {
      for (const [limit, count] of [
        ['0', 1],
        ['-5', 1],
        ['1', 1],
        ['1000', 2],
        ['many', 2],
      ] as const) {
        expect(await names(`?limit=${limit}`)).to.have.length(count)
      }
    })

    it('searches by name and by id; an id that is not a UUID finds nothing', async () => {
      expect(await names('?q=ENGINE')).to.deep.equal(['ada/analytical-engine'])
      const id = '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e002'
      expect(await names(`?id=${id}`)).to.deep.equal(['ada/bernoulli-numbers'])
      expect(await names('?id=7c2d9a44-15b8-4c0e-8a37-90d3c5b2f001')).to.deep.equal([])
      expect(await names('?id=ada')).to.deep.equal([])
    })
  })

  describe('POST /runs/{id}/cancel', () => {
    it('checks the scope first, and names it', async () => {
      const {access_token} = await cloud.signIn('ada@example.test', 'read')
      const error = await expectFailure(await ask(RUN, access_token, 'POST'), 403, 'FORBIDDEN')
      expect(JSON.stringify(error)).to.include('write')
    })

    it('knows no run', async () => {
      await expectFailure(await ask(RUN, ada, 'POST'), 404, 'NOT_FOUND')
    })
  })

  it('answers unknown routes with 404 in the envelope', async () => {
    for (const path of ['/nothing', '/runs', '']) {
      await expectFailure(await ask(V1 + path, ada), 404, 'NOT_FOUND')
    }
    await expectFailure(await ask(`${V1}/repos`, ada, 'POST'), 404, 'NOT_FOUND')
  })
})
