import {expect} from 'chai'
import {createRunsApi} from '../../../../src/adapters/mogplex-api/runs-api.js'
import type {Credential} from '../../../../src/domain/credential/credential.js'
import type {HttpAnswer, HttpRequest} from '../../../../src/domain/network/http.js'
import {makeLogin, makeShellKey} from '../../../support/make-credential.js'
import {RUN_ID} from '../../../support/make-run.js'
import {failureOf} from '../../../support/services.js'

const V1 = 'https://mogplex.com/api/v1/mogplex'
const RUN = {runId: RUN_ID, status: 'streaming', createdAt: '2026-11-23T16:00:00Z'}
const {signal} = new AbortController()

function ok(data: unknown, headers = {}): HttpAnswer {
  return {status: 200, headers, body: JSON.stringify({ok: true, data})}
}

function failed(status: number, code: string, message: string): HttpAnswer {
  return {status, headers: {}, body: JSON.stringify({ok: false, error: {code, message}})}
}

function apiThat(answer: HttpAnswer | ((request: HttpRequest) => HttpAnswer)) {
  const requests: HttpRequest[] = []
  const api = createRunsApi(async (request) => {
    requests.push(request)
    return Promise.resolve(typeof answer === 'function' ? answer(request) : answer)
  }, 'https://mogplex.com')
  return {api, requests}
}

function question(runId = RUN_ID, credential: Credential = makeLogin(), isKnown = false) {
  return {runId, credential, signal, isKnown}
}

describe('the API of runs', () => {
  it('requests the run, its first 200 events, and its end', async () => {
    const {api, requests} = apiThat(ok({run: RUN, events: [{id: 'e1'}], alreadyTerminal: true}))
    expect((await api.run(question())).run).to.include({runId: RUN_ID, status: 'streaming'})
    const {events} = await api.events(question())
    expect(events.map(({id}) => id)).to.deep.equal(['e1'])
    expect(await api.cancel(question())).to.include({wasOver: true})
    expect(requests.map(({method, url}) => `${method} ${url}`)).to.deep.equal([
      `GET ${V1}/runs/${RUN_ID}`,
      `GET ${V1}/runs/${RUN_ID}/events?limit=200`,
      `POST ${V1}/runs/${RUN_ID}/cancel`,
    ])
    for (const {headers} of requests) {
      expect(headers).to.deep.equal({
        accept: 'application/json',
        authorization: 'Bearer access-token-value',
      })
    }
  })

  it('rejects an answer with more events than requested', async () => {
    const events = (count: number) => Array.from({length: count}, (_, id) => ({id}))
    const {api} = apiThat(ok({run: RUN, events: events(10_000)}))
    expect((await api.events(question())).events).to.have.lengthOf(10_000)
    const error = await failureOf(
      apiThat(ok({run: RUN, events: events(10_001)})).api.events(question()),
    )
    expect(error).to.include({code: 'ANSWER_TOO_LARGE', exitCode: 69})
    expect(error.message).to.equal('mogplex.com answered with more than 10000 events.')
  })

  it('computes the age of a run with the service’s clock', async () => {
    const {api} = apiThat(ok({run: RUN}, {date: 'Mon, 23 Nov 2026 16:01:00 GMT'}))
    expect((await api.run(question())).run.ageMs).to.equal(60_000)
  })

  it('reports for a 404 that the run does not exist, and whose runs were searched', async () => {
    const {api} = apiThat(failed(404, 'NOT_FOUND', 'There is no such run.'))
    const error = await failureOf(api.events(question()))
    expect(error).to.include({code: 'NO_SUCH_RUN', exitCode: 1})
    expect(error.message).to.include('(ada@example.com)').and.include(RUN_ID)
  })

  it('asks for the owner of a key, to name the account; without an answer it names the variable', async () => {
    const missing = failed(404, 'NOT_FOUND', 'no')
    const named = apiThat(({url}) =>
      url.pathname === '/api/auth/user'
        ? {status: 200, headers: {}, body: '{"user":{"id":"1","email":"ada\\u001b@example.com"}}'}
        : missing,
    )
    const asked = question(RUN_ID, makeShellKey())
    expect((await failureOf(named.api.run(asked))).message).to.include('(ada @example.com)')
    for (const answer of [missing, {status: 500, headers: {}, body: ''}]) {
      const {api} = apiThat(({url}) => (url.pathname === '/api/auth/user' ? answer : missing))
      expect((await failureOf(api.run(asked))).message).to.include('(that of MOGPLEX_API_KEY)')
    }
  })

  for (const status of [400, 500]) {
    it(`reads ${status} for an id that is not a UUID as "no such run", until the run has answered`, async () => {
      const {api} = apiThat(failed(status, 'INTERNAL_ERROR', 'Something.'))
      expect((await failureOf(api.events(question('run_1')))).code).to.equal('NO_SUCH_RUN')
      expect((await failureOf(api.events(question('run_1', makeLogin(), true)))).exitCode).to.equal(
        69,
      )
      expect((await failureOf(api.events(question()))).exitCode).to.equal(69)
    })
  }

  it("reports for a 403 which scope is missing, in the service's words where present", async () => {
    const {api} = apiThat(failed(403, 'FORBIDDEN', 'This needs the scope "write".\u001B[2J'))
    const error = await failureOf(api.cancel(question()))
    expect(error).to.include({code: 'SCOPE_MISSING', exitCode: 65})
    expect(error.remedy).to.include('`mogplex login`')
    expect(error.message).to.include('mogplex.com').and.include('needs the scope "write". [2J.')
    const plain = apiThat({status: 403, headers: {}, body: ''}).api
    const other = await failureOf(plain.events(question(RUN_ID, makeShellKey())))
    expect(other.message).to.include('scope `read`')
    expect(other.remedy).to.include('MOGPLEX_API_KEY')
  })

  it('reports for a 409 what the service says', async () => {
    const {api} = apiThat(failed(409, 'CONFLICT', 'The sandbox is gone.'))
    const error = await failureOf(api.cancel(question()))
    expect(error).to.include({code: 'RUN_REFUSED', exitCode: 1})
    expect(error.message)
      .to.include('mogplex.com')
      .and.match(/: The sandbox is gone\.$/)
  })

  for (const [title, answer, exitCode] of [
    ['a rejected credential', failed(401, 'UNAUTHORIZED', 'no'), 64],
    ['the gate of the web app', {status: 307, headers: {location: '/login'}, body: ''}, 64],
    ['HTML', {status: 200, headers: {}, body: '<html>'}, 64],
    ['too many requests', failed(429, 'RATE_LIMITED', 'no'), 75],
    ['trouble', failed(503, 'SERVICE_UNAVAILABLE', 'no'), 69],
    ['no JSON', {status: 200, headers: {}, body: 'ok'}, 69],
    ['no envelope', {status: 200, headers: {}, body: JSON.stringify({run: RUN})}, 69],
    ['an envelope of a failure', {status: 200, headers: {}, body: '{"ok":false}'}, 69],
    ['no run', ok({run: {}, events: []}), 69],
    ['no events', ok({run: RUN, events: 'none'}), 69],
    ['an empty answer', {status: 204, headers: {}, body: ''}, 69],
  ] as [string, HttpAnswer, number][]) {
    it(`exits with ${exitCode} for ${title}`, async () => {
      expect((await failureOf(apiThat(answer).api.events(question()))).exitCode).to.equal(exitCode)
    })
  }

  it('finds the name of a repository by its id, and accepts no other', async () => {
    const repos = [{id: 'r/1', full_name: 'ada/engine\u0007'}]
    const {api, requests} = apiThat(ok({repos}))
    const asked = {credential: makeLogin(), signal}
    expect(await api.repositoryName('r/1', asked)).to.equal('ada/engine')
    expect(await api.repositoryName('other', asked)).to.equal(undefined)
    expect(String(requests[0]?.url)).to.equal(`${V1}/repos?id=r%2F1`)
    expect(await apiThat(ok({})).api.repositoryName('r', asked)).to.equal(undefined)
  })
})
