import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {createHttp} from '../../../../src/adapters/http.js'
import {createHostedApi, type HostedApi} from '../../../../src/adapters/mogplex-api/hosted-api.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'
import {findLeaks} from '../../../support/leaks.js'
import {makeLogin, makeShellKey} from '../../../support/make-credential.js'
import {MCP_SECRETS, SECRET_MCP_SERVERS} from '../../../support/secret-mcp-servers.js'

const HOST = 'https://mogplex.example.com'
const MODEL = {
  id: 'openai/gpt',
  provider: 'openai',
  name: 'GPT',
  contextLength: 400_000,
  capabilities: ['vision'],
  pricing: {input: 0.000001, output: null},
}

const api = createHostedApi(createHttp('mogplex/test'), HOST)

async function troubleOf(question: Promise<unknown>) {
  const error: unknown = await question.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error && 'exitCode' in error && 'code' in error && 'remedy' in error)) {
    throw new Error('It was answered.')
  }
  const texts = {error: inspect(error, {depth: null})}
  const secrets = [...MCP_SECRETS, 'access-token-value', 'mog_from-the-shell']
  expect(findLeaks({secrets, texts})).to.deep.equal([])
  const {code, exitCode, message, remedy} = error
  return {code, exitCode, message, remedy}
}

describe('createHostedApi', () => {
  it('requests the models as the account, and reads them', async () => {
    const reqheaders = {authorization: 'Bearer access-token-value', accept: 'application/json'}
    nock(HOST, {reqheaders})
      .get('/api/v1/mogplex/models')
      .reply(200, {ok: true, data: {models: [{...MODEL, later: 1}], more: 1}})
    expect(await api.models(makeLogin())).to.deep.equal([MODEL])
  })

  it('reads the MCP servers without a secret', async () => {
    const reqheaders = {authorization: 'Bearer mog_from-the-shell'}
    nock(HOST, {reqheaders})
      .get('/api/v1/mogplex/mcp/servers')
      .reply(200, {ok: true, data: {servers: SECRET_MCP_SERVERS}})
    const servers = await api.mcpServers(makeShellKey())
    expect(servers.map(({name}) => name))
      .to.include('github')
      .and.to.include('database')
    const texts = {servers: JSON.stringify(servers), seen: inspect(servers, {depth: null})}
    expect(findLeaks({secrets: MCP_SECRETS, texts})).to.deep.equal([])
  })

  it('rejects a list that exceeds the storage limit, rather than a part of it', async () => {
    for (const [path, data, most, ask] of [
      ['models', {models: Array(2001).fill(MODEL)}, '2000 models', () => api.models(makeLogin())],
      [
        'mcp/servers',
        {servers: Array(501).fill({name: 'a', enabled: true})},
        '500 servers',
        () => api.mcpServers(makeLogin()),
      ],
    ] as const) {
      nock(HOST).get(`/api/v1/mogplex/${path}`).reply(200, {ok: true, data})
      const {code, exitCode, message} = await troubleOf(ask())
      expect({code, exitCode}).to.deep.equal({code: 'ANSWER_TOO_LARGE', exitCode: 69})
      expect(message).to.equal(`mogplex.example.com answered with more than ${most}.`)
    }
  })

  const LISTS = [
    ['models', '/api/v1/mogplex/models', (of: HostedApi) => of.models(makeLogin())],
    ['servers', '/api/v1/mogplex/mcp/servers', (of: HostedApi) => of.mcpServers(makeLogin())],
  ] as const

  for (const [member, path, ask] of LISTS) {
    describe(path, () => {
      it('accepts an empty list as an answer', async () => {
        nock(HOST)
          .get(path)
          .reply(200, {ok: true, data: {[member]: []}})
        expect(await ask(api)).to.deep.equal([])
      })

      it('needs the scope read: exit 65', async () => {
        nock(HOST)
          .get(path)
          .reply(403, {ok: false, error: {code: 'FORBIDDEN', message: MCP_SECRETS.join(' ')}})
        const {code, exitCode, message, remedy} = await troubleOf(ask(api))
        expect([code, exitCode]).to.deep.equal(['SCOPE_MISSING', 65])
        expect(message).to.match(/ does not allow this: it needs the scope `read`\.$/)
        expect(remedy).to.equal('Run `mogplex login`.')
      })

      for (const [what, status, body] of [
        ['an envelope that reports failure', 200, {ok: false, data: {[member]: []}}],
        ['no list', 200, {ok: true, data: {}}],
        ['a bare list', 200, [MODEL]],
        ['only invalid entries', 200, {ok: true, data: {[member]: [{secret: 'x'}, 1]}}],
        ['a text', 200, MCP_SECRETS.join(' ')],
        ['no body', 200, ''],
        ['404', 404, {ok: false, error: {code: 'NOT_FOUND', message: MCP_SECRETS.join(' ')}}],
        ['202', 202, {ok: true, data: {[member]: []}}],
        ['a 500', 500, MCP_SECRETS.join(' ')],
      ] as const) {
        it(`fails, exit 69, for ${what}`, async () => {
          nock(HOST).get(path).reply(status, body)
          expect((await troubleOf(ask(api))).exitCode).to.equal(69)
        })
      }

      for (const [status, exitCode] of [
        [401, 64],
        [307, 64],
        [429, 75],
      ] as const) {
        it(`fails like the others: ${status} is exit ${exitCode}`, async () => {
          nock(HOST).get(path).reply(status, {}, {location: '/login'})
          expect((await troubleOf(ask(api))).exitCode).to.equal(exitCode)
        })
      }
    })
  }

  it('names the variable whose key has no scope read', async () => {
    nock(HOST).get('/api/v1/mogplex/models').reply(403, {})
    const {remedy} = await troubleOf(api.models(makeShellKey()))
    expect(remedy).to.include('Set MOGPLEX_API_KEY to a key')
  })

  it('ends when its signal aborts, with the reason', async () => {
    nock(HOST).get('/api/v1/mogplex/models').delay(5000).reply(200, {})
    const controller = new AbortController()
    const asked = troubleOf(api.models(makeLogin(), controller.signal))
    controller.abort(new CancelledError('Enough.', 'Run it again.'))
    expect(await asked).to.include({exitCode: 130, message: 'Enough.'})
  })
})
