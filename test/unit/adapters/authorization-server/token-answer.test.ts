import {expect} from 'chai'
import {
  acceptedBody,
  notUnderstood,
  refusalText,
  tokenAnswerReader,
} from '../../../../src/adapters/authorization-server/token-answer.js'
import {LoginFailedError} from '../../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {idToken, NOW, SCOPES, tokens} from './exchange.js'
import {makeMetadata, SERVER} from './make-metadata.js'

const answer = (status: number, body: object | string) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('acceptedBody', () => {
  it('returns the members of an answer', () => {
    for (const status of [200, 201])
      expect(acceptedBody(answer(status, {a: 1}), SERVER)).to.deep.equal({a: 1})
  })

  for (const [status, body, kind] of [
    [400, {error: 'invalid_scope'}, LoginFailedError],
    [200, {error: 'invalid_scope'}, LoginFailedError],
    [503, {error: 'server_error'}, RemoteError],
    [429, {error: 'slow'}, RateLimitedError],
    [200, '[]', RemoteError],
    [302, {a: 1}, RemoteError],
    [400, {error: ''}, RemoteError],
  ] as const) {
    it(`throws a ${kind.name} for ${status} ${JSON.stringify(body)}`, () => {
      expect(() => acceptedBody(answer(status, body), SERVER)).to.throw(kind)
    })
  }

  it('names the server, and quotes it', () => {
    const refused = answer(400, {error: 'invalid_scope', error_description: 'No.'})
    expect(() => acceptedBody(refused, SERVER))
      .to.throw('id.example.com refused the sign-in (invalid_scope: No.).')
      .that.includes({code: 'LOGIN_FAILED', status: 400})
  })
})

describe('notUnderstood', () => {
  it('names the server, with exit 69', () => {
    const {message, exitCode} = notUnderstood(SERVER)
    expect(message).to.equal('The answer of id.example.com to the sign-in was not understood.')
    expect(exitCode).to.equal(69)
  })
})

describe('refusalText', () => {
  it('is one printable line', () => {
    expect(refusalText('invalid_scope', undefined)).to.equal('invalid_scope')
    expect(refusalText('invalid_scope', 'No\n\x1b[2J such')).to.equal('invalid_scope: No [2J such')
  })
})

describe('tokenAnswerReader', () => {
  it('extracts the ID token, and returns the rest', () => {
    const http = async () => Promise.reject(new Error('Nothing is asked.'))
    const signIn = {http, loopbackHttp: false, scopes: SCOPES, now: NOW}
    const {look} = tokenAnswerReader({...signIn, metadata: makeMetadata(), clientId: 'mogplex-cli'})
    const {id_token: token, ...rest} = tokens()
    expect(token).to.equal(idToken())
    expect(JSON.parse(look(answer(200, tokens())))).to.deep.equal(rest)
  })
})
