import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {createHttp} from '../../../src/adapters/http.js'
import {createMogplexApi} from '../../../src/adapters/mogplex-api.js'
import {UnexpectedPageError} from '../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {makeKey, makeLogin, makeShellKey} from '../../support/make-credential.js'
import {plain} from '../../support/make-account.js'

const HOST = 'https://mogplex.example.com'
const CHECK = '/api/v1/mogplex/repos?limit=1'
const USER = '/api/auth/user'
const CANCEL = /^\/api\/v1\/mogplex\/runs\/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\/cancel$/
const OK = {ok: true, data: {repos: []}}
const HTML = '\n<!doctype html><title>Sign in</title>'

const api = createMogplexApi(createHttp('mogplex/test'), HOST)

interface Trouble {
  readonly exitCode: unknown
  readonly isPage: boolean
  readonly message: string
  readonly remedy: unknown
}

async function troubleOf(question: Promise<unknown>): Promise<Trouble> {
  const error: unknown = await question.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error && 'exitCode' in error && 'remedy' in error)) {
    throw new Error('It was answered.')
  }
  expect(inspect(error, {depth: null})).not.to.match(/token-value|from-the-shell|hunter2/)
  const {exitCode, message, remedy} = error
  return {exitCode, isPage: error instanceof UnexpectedPageError, message, remedy}
}

describe('checkToken', () => {
  it('sends the access token of a login, and a key, and requests JSON', async () => {
    for (const [credential, bearer] of [
      [makeLogin(), 'access-token-value'],
      [makeShellKey(), 'mog_from-the-shell'],
    ] as const) {
      const reqheaders = {authorization: `Bearer ${bearer}`, accept: 'application/json'}
      nock(HOST, {reqheaders}).get(CHECK).reply(200, OK)
      await api.checkToken(credential)
    }
  })

  it('tolerates unknown fields', async () => {
    nock(HOST)
      .get(CHECK)
      .reply(200, {...OK, later: 1, data: null})
    await api.checkToken(makeLogin())
  })

  const rejected: [what: string, status: number, body: object | string, headers?: object][] = [
    ['401', 401, {ok: false, error: {code: 'UNAUTHORIZED', message: 'hunter2'}}],
    ['401 without a body', 401, ''],
    ['a redirect to the login page', 307, '', {location: '/login?next=%2Fapi'}],
    ['a redirect there with its host', 307, '', {location: `${HOST}/login`}],
    ['a redirect to nowhere', 302, '', {}],
    ['a page where JSON was due', 200, HTML],
    ['a page with 404', 404, HTML],
  ]
  for (const [what, status, body, headers] of rejected) {
    it(`means "not accepted here", exit 64, for ${what}`, async () => {
      nock(HOST)
        .get(CHECK)
        .reply(status, body, {...headers})
      const {exitCode, isPage, message, remedy} = await troubleOf(api.checkToken(makeLogin()))
      expect(exitCode).to.equal(64)
      expect(isPage).to.equal(status !== 401)
      const verdict = status === 401 ? 'rejects' : 'does not accept'
      expect(message).to.equal(`mogplex.example.com ${verdict} the stored login.`)
      expect(remedy).to.equal('Run `mogplex login`.')
    })
  }

  it('names the variable whose key is rejected', async () => {
    nock(HOST).get(CHECK).reply(401, {})
    const {message, remedy} = await troubleOf(api.checkToken(makeShellKey()))
    expect(message).to.equal('mogplex.example.com rejects MOGPLEX_API_KEY.')
    expect(remedy).to.equal('Set MOGPLEX_API_KEY to a valid key, or `unset MOGPLEX_API_KEY`.')
  })

  for (const status of [301, 307, 308]) {
    it(`names the host that a ${status} redirects to, and does not follow it`, async () => {
      nock(HOST).get(CHECK).reply(status, '', {location: 'https://other.example.com/x?hunter2'})
      const {exitCode, message, remedy} = await troubleOf(api.checkToken(makeLogin()))
      expect(exitCode).to.equal(64)
      expect(message).to.include('it redirects to other.example.com')
      expect(remedy).to.equal(
        'Set MOGPLEX_URL to https://other.example.com if you trust that address.',
      )
    })
  }

  it('grants nothing, exit 65, for 403', async () => {
    nock(HOST)
      .get(CHECK)
      .reply(403, {ok: false, error: {code: 'FORBIDDEN'}})
    expect(await troubleOf(api.checkToken(makeLogin()))).to.include({exitCode: 65})
  })

  for (const [what, status, body] of [
    ['JSON of another shape', 200, {repos: []}],
    ['an envelope that reports failure', 200, {ok: false}],
    ['a truthy ok that is not true', 200, {ok: 'true'}],
    ['a list', 200, '[true]'],
    ['no body', 200, ''],
    ['a text', 200, 'hunter2'],
    ['202', 202, OK],
    ['404', 404, {ok: false, error: {code: 'SOMETHING_NEW'}}],
  ] as const) {
    it(`is not understood, exit 69, for ${what}`, async () => {
      nock(HOST).get(CHECK).reply(status, body)
      const {exitCode, message} = await troubleOf(api.checkToken(makeLogin()))
      expect(exitCode).to.equal(69)
      expect(message).to.include(`was not understood (status ${status})`)
    })
  }

  for (const status of [408, 500, 502, 503]) {
    it(`is a server failure, exit 69, for ${status}, as a page too`, async () => {
      nock(HOST).get(CHECK).reply(status, HTML)
      expect((await troubleOf(api.checkToken(makeLogin()))).exitCode).to.equal(69)
    })
  }

  it("is for later, exit 75, for 429, with the server's time", async () => {
    nock(HOST).get(CHECK).reply(429, '', {'retry-after': '60'})
    const trouble = await troubleOf(api.checkToken(makeShellKey()))
    const {remedy} = new RateLimitedError('mogplex.example.com', 60)
    expect(trouble).to.include({exitCode: 75, remedy})
  })

  it('is unreachable, exit 69, without network', async () => {
    nock(HOST)
      .get(CHECK)
      .replyWithError(Object.assign(new Error('x'), {code: 'ENOTFOUND'}))
    expect((await troubleOf(api.checkToken(makeLogin()))).exitCode).to.equal(69)
  })
})

describe('mayWrite', () => {
  for (const [status, may] of [
    [403, false],
    [404, true],
  ] as const) {
    it(`reads ${status} as ${may ? 'yes' : 'no'}, for a nonexistent run`, async () => {
      nock(HOST, {reqheaders: {authorization: 'Bearer access-token-value'}})
        .post(CANCEL)
        .reply(status, {ok: false, error: {code: 'X', message: 'x'}})
      expect(await api.mayWrite(makeLogin())).to.equal(may)
    })
  }

  for (const [status, exitCode] of [
    [200, 69],
    [400, 69],
    [409, 69],
    [401, 64],
    [307, 64],
    [429, 75],
    [500, 69],
  ] as const) {
    it(`does not guess from ${status}: exit ${exitCode}`, async () => {
      nock(HOST).post(CANCEL).reply(status, {})
      expect((await troubleOf(api.mayWrite(makeLogin()))).exitCode).to.equal(exitCode)
    })
  }
})

describe('accountOfKey', () => {
  const key = makeKey('mogplex')

  it('is the account, without control characters', async () => {
    const user = {id: 'usr_1', email: 'ada@example.com', name: 'A\u001B[2Jda', github_username: 'x'}
    nock(HOST).get(USER).reply(200, {user})
    expect(plain(await api.accountOfKey(key))).to.deep.equal({
      id: 'usr_1',
      email: 'ada@example.com',
      name: 'A [2Jda',
    })
  })

  for (const body of [
    {user: null},
    {},
    null,
    [],
    {user: []},
    {user: {email: 'ada@example.com'}},
    {user: {id: ''}},
    {user: {id: '\u200B'}},
    {user: {id: 1}},
  ]) {
    it(`is unknown where the server answers ${JSON.stringify(body)}`, async () => {
      nock(HOST).get(USER).reply(200, JSON.stringify(body))
      expect(await api.accountOfKey(key)).to.equal(undefined)
    })
  }

  it('has only the id where there is no more', async () => {
    nock(HOST)
      .get(USER)
      .reply(200, {user: {id: 'usr_1', email: null, name: ''}})
    const account = await api.accountOfKey(key)
    expect(account).to.deep.equal({id: 'usr_1', email: undefined, name: undefined})
  })

  it('fails like the others', async () => {
    nock(HOST).get(USER).reply(307, '', {location: '/login'})
    expect((await troubleOf(api.accountOfKey(key))).exitCode).to.equal(64)
  })
})
