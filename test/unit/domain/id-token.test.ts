import {expect} from 'chai'
import {inspect} from 'node:util'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {readIdToken} from '../../../src/domain/id-token.js'

const NOW = new Date('2026-11-23T16:00:00.000Z')
const SECONDS = NOW.getTime() / 1000
const CLAIMS = {
  ...{sub: 'usr_1', aud: 'mogplex-cli', iat: SECONDS, exp: SECONDS + 3600},
  ...{email: 'ada@example.com', name: 'Ada', profile: null},
}

function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64url',
  )
}

function read(changes: object, now = NOW): unknown {
  const jwt = [{alg: 'HS256', typ: 'JWT'}, {...CLAIMS, ...changes}, 'signature'].map(base64url)
  return readIdToken(jwt.join('.'), {clientId: 'mogplex-cli', now})
}

describe('readIdToken', () => {
  it("takes the hosted service's token, signed by nobody knows what, without iss", () => {
    expect(read({})).to.deep.equal({id: 'usr_1', email: 'ada@example.com', name: 'Ada'})
  })

  it('is content with a subject alone', () => {
    expect(read({email: undefined, name: null})).to.deep.equal({id: 'usr_1'})
    expect(read({email: '', name: 42})).to.deep.equal({id: 'usr_1'})
  })

  it('reads letters of every script', () => {
    expect(read({name: 'Åsa 日本 🎉'})).to.deep.include({name: 'Åsa 日本 🎉'})
  })

  it('finds our client in a list of audiences', () => {
    expect(read({aud: ['other', 'mogplex-cli']})).to.deep.include({id: 'usr_1'})
  })

  for (const aud of ['other', '', undefined, null, [], ['other'], ['mogplex-cli,x'], {}, 1]) {
    it(`refuses a token for ${inspect(aud)}`, () => {
      expect(() => read({aud})).to.throw(RemoteError, 'made for another client')
    })
  }

  it('ends at exp, by the time that it is given', () => {
    const exp = CLAIMS.exp * 1000
    expect(read({}, new Date(exp - 1))).to.deep.include({id: 'usr_1'})
    expect(() => read({}, new Date(exp))).to.throw(RemoteError, 'over already')
    expect(() => read({}, new Date(exp + 1))).to.throw(RemoteError, 'over already')
  })

  for (const exp of [undefined, null, '9999999999', 0, -1]) {
    it(`takes a token with exp ${inspect(exp)} for one that is over`, () => {
      expect(() => read({exp})).to.throw(RemoteError, 'over already')
    })
  }

  for (const sub of [undefined, null, '', 1, {}, '\u0000', '\u200B \u202E']) {
    it(`names nobody where sub is ${inspect(sub)}`, () => {
      expect(read({sub})).to.equal(undefined)
    })
  }

  it('lets no claim move a cursor or hide a part of itself', () => {
    const claims = {sub: 'usr\u0007_1', email: 'ada\u202E@example.com', name: '\u001B[2JAda\r\nEve'}
    expect(read(claims)).to.deep.equal({
      ...{id: 'usr _1', email: 'ada @example.com', name: '[2JAda Eve'},
    })
  })

  it('cuts a claim that is far too long', () => {
    expect(read({sub: 'x'.repeat(5000)})).to.deep.include({id: `${'x'.repeat(300)}…`})
  })

  for (const [what, token] of Object.entries({
    'an empty text': '',
    'an opaque token': 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    'three parts that are no JSON': 'a.b.c',
    'a list as claims': `a.${base64url([CLAIMS])}.c`,
    'null as claims': `a.${base64url('null')}.c`,
    'an encrypted token': 'a..b.c.d',
  })) {
    it(`names nobody where it is given ${what}`, () => {
      expect(readIdToken(token, {clientId: 'mogplex-cli', now: NOW})).to.equal(undefined)
    })
  }
})
