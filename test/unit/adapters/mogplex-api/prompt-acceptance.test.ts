import {expect} from 'chai'
import nock from 'nock'
import {createHttp} from '../../../../src/adapters/http.js'
import {createAskAboutPrompts} from '../../../../src/adapters/mogplex-api/prompt-acceptance.js'
import {makeLogin} from '../../../support/make-credential.js'

const HOST = 'https://mogplex.example.com'
const PATH = '/api/cli/inference/chat/completions'
const PAGE = '<!doctype html><title>Blocked</title>'

const ask = createAskAboutPrompts(createHttp('mogplex/test'), HOST)

describe('createAskAboutPrompts', () => {
  it('sends the login, and JSON without messages: nothing that could cost money', async () => {
    const reqheaders = {
      authorization: 'Bearer access-token-value',
      'content-type': 'application/json',
    }
    nock(HOST, {reqheaders})
      .post(PATH, (body) => typeof body === 'object' && !('messages' in body))
      .reply(400, {error: {message: 'messages is required'}})
    expect(await ask(makeLogin())).to.equal('accepted')
  })

  for (const [status, location, meaning] of [
    [307, '/login?next=%2Fapi', 'refused'],
    [302, `${HOST}/login`, 'refused'],
    [307, 'https://elsewhere.example.com/login', 'unknown'],
    [307, '/sign-in', 'unknown'],
    [307, 'https://www.mogplex.example.com/api/cli/inference/chat/completions', 'unknown'],
    [307, undefined, 'unknown'],
    [404, undefined, 'refused'],
    [401, undefined, 'unauthorized'],
    [200, undefined, 'unknown'],
    [403, undefined, 'unknown'],
    [429, undefined, 'unknown'],
    [503, undefined, 'unknown'],
  ] as const) {
    it(`reads ${status}${location === undefined ? '' : ` to ${location}`} as ${meaning}`, async () => {
      nock(HOST)
        .post(PATH)
        .reply(status, '', location === undefined ? {} : {location})
      expect(await ask(makeLogin())).to.equal(meaning)
    })
  }

  it('ignores a 400 that is a page: it comes from something in between', async () => {
    nock(HOST).post(PATH).reply(400, PAGE)
    expect(await ask(makeLogin())).to.equal('unknown')
  })
})
