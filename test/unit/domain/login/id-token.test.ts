import {expect} from 'chai'
import {inspect} from 'node:util'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {readIdToken} from '../../../../src/domain/login/id-token.js'
import {plain} from '../../../support/make-account.js'

const ISSUER = 'https://auth.example'
const NOW = new Date('2026-11-23T16:00:00.000Z')
const SECONDS = NOW.getTime() / 1000
const CLAIMS = {
  sub: 'usr_1',
  aud: 'mogplex-cli',
  iat: SECONDS,
  exp: SECONDS + 3600,
  email: 'ada@example.com',
  name: 'Ada',
  profile: null,
}

function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64url',
  )
}

function read(changes: object, now = NOW, nonce?: string): unknown {
  const jwt = [{alg: 'HS256', typ: 'JWT'}, {...CLAIMS, ...changes}, 'signature'].map(base64url)
  return plain(readIdToken(jwt.join('.'), {clientId: 'mogplex-cli', issuer: ISSUER, nonce, now}))
}

describe('readIdToken', () => {
  it("accepts the hosted service's token, with an unknown signature, without iss", () => {
    expect(read({})).to.deep.equal({id: 'usr_1', email: 'ada@example.com', name: 'Ada'})
  })

  it('requires only a subject', () => {
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

  it('accepts the nonce of the request or none, and no other', () => {
    const withNonce = (nonce: unknown): unknown => read({nonce}, NOW, 'ours')
    for (const nonce of ['ours', undefined, null]) {
      expect(withNonce(nonce)).to.deep.include({id: 'usr_1'})
    }
    for (const nonce of ['another', '', 0, ['ours']]) {
      expect(() => withNonce(nonce)).to.throw(RemoteError, 'made for another sign-in')
    }
    expect(read({nonce: 'unasked'}), 'where none was sent').to.deep.include({id: 'usr_1'})
  })

  it('expires at exp, by the given time', () => {
    const exp = CLAIMS.exp * 1000
    expect(read({}, new Date(exp - 1))).to.deep.include({id: 'usr_1'})
    expect(() => read({}, new Date(exp))).to.throw(RemoteError, 'already expired')
    expect(() => read({}, new Date(exp + 1))).to.throw(RemoteError, 'already expired')
  })

  for (const exp of [undefined, null, '9999999999', 0, -1]) {
    it(`treats a token with exp ${inspect(exp)} as expired`, () => {
      expect(() => read({exp})).to.throw(RemoteError, 'already expired')
    })
  }

  for (const sub of [
    undefined,
    null,
    '',
    1,
    {},
    '\u0000',
    '\u200B \u202E',
    'usr\u0007_1',
    ' usr_1',
    'x'.repeat(301),
  ]) {
    it(`returns no account where sub is ${inspect(sub)}`, () => {
      expect(read({sub})).to.equal(undefined)
    })
  }

  it('lets no claim move a cursor or hide a part of itself', () => {
    const claims = {email: 'ada\u202E@example.com', name: '\u001B[2JAda\r\nEve'}
    expect(read(claims)).to.deep.equal({id: 'usr_1', email: 'ada @example.com', name: '[2JAda Eve'})
  })

  it('truncates a name that is much too long', () => {
    expect(read({name: 'x'.repeat(5000)})).to.deep.include({name: `${'x'.repeat(300)}…`})
  })

  it('reports an unverified e-mail address, where the token says so', () => {
    for (const email_verified of [false, 'false']) {
      expect(read({email_verified})).to.deep.include({isEmailUnverified: true})
    }
    for (const email_verified of [true, 'true', undefined, null, 0]) {
      expect(read({email_verified})).not.to.have.property('isEmailUnverified')
    }
  })

  it('accepts a token that names the issuer, with or without a trailing slash', () => {
    for (const iss of [ISSUER, `${ISSUER}/`, undefined, null]) {
      expect(read({iss}), inspect(iss)).to.deep.include({id: 'usr_1'})
    }
  })

  for (const iss of ['https://evil.example', `${ISSUER}.evil.example`, `${ISSUER}/x`, '', 1, []]) {
    it(`refuses a token of the issuer ${inspect(iss)}`, () => {
      expect(() => read({iss})).to.throw(RemoteError, 'made by another server')
      expect(() => read({iss, sub: undefined})).to.throw(RemoteError, 'made by another server')
    })
  }

  it('refuses a token for another client', () => {
    expect(read({azp: 'mogplex-cli', aud: ['other', 'mogplex-cli']})).to.include({id: 'usr_1'})
    for (const azp of ['other', '', 1, ['mogplex-cli']]) {
      expect(() => read({azp}), inspect(azp)).to.throw(RemoteError, 'made for another client')
    }
  })

  for (const [what, token] of Object.entries({
    'an empty text': '',
    'an opaque token': 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    'three parts that are not JSON': 'a.b.c',
    'a list as claims': `a.${base64url([CLAIMS])}.c`,
    'null as claims': `a.${base64url('null')}.c`,
    'an encrypted token': 'a..b.c.d',
  })) {
    it(`returns no account for ${what}`, () => {
      expect(readIdToken(token, {clientId: 'mogplex-cli', issuer: ISSUER, now: NOW})).to.equal(
        undefined,
      )
    })
  }
})
