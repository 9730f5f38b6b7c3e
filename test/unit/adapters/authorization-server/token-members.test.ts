import {expect} from 'chai'
import {tokenMembers} from '../../../../src/adapters/authorization-server/token-members.js'
import {tokens} from './exchange.js'
import {SERVER} from './make-metadata.js'

function membersOf(changes: object): Record<string, unknown> {
  return JSON.parse(tokenMembers(tokens(changes), SERVER)) as Record<string, unknown>
}

describe('tokenMembers', () => {
  it('leaves out the ID token, and unknown members', () => {
    const {id_token: _, ...rest} = tokens()
    expect(membersOf({later: [[]]})).to.deep.equal(rest)
  })

  for (const name of ['refresh_token', 'scope', 'expires_in', 'access_token', 'token_type']) {
    for (const value of [undefined, null, '', ' \t\n']) {
      it(`treats ${name} that is ${value === undefined ? 'missing' : JSON.stringify(value)} as absent`, () => {
        expect(membersOf({[name]: value})).not.to.have.property(name)
      })
    }
  }

  for (const [what, scope, read] of [
    ['a list', ['read', 'write'], 'read write'],
    ['an empty list', [], undefined],
    ['a list of other things', ['read', 1], undefined],
    ['a number', 1, undefined],
    ['an object', {read: true}, undefined],
  ] as const) {
    it(`reads scopes that are ${what}`, () => {
      expect(membersOf({scope}).scope).to.equal(read)
    })
  }

  it('trims the token type, and not a token', () => {
    const {token_type: type, refresh_token: token} = membersOf({
      token_type: ' bearer\n',
      refresh_token: ' of VSCHAR ',
    })
    expect({type, token}).to.deep.equal({type: 'bearer', token: ' of VSCHAR '})
  })
})
