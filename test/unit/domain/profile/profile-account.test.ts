import {expect} from 'chai'
import {
  accountAtText,
  formatProfileAccount,
  matchOf,
  parseProfileAccount,
} from '../../../../src/domain/profile/profile-account.js'
import {makeAccount} from '../../../support/make-account.js'

const issuer = 'https://mogplex.com'
const ada = {issuer, account: makeAccount({id: 'usr_1', email: 'ada@example.com'})}
const bob = {issuer, account: makeAccount({id: 'usr_2', email: 'bob@example.com'})}
const elsewhere = {...ada, issuer: 'https://mogplex.example'}
const nobody = {issuer, account: undefined}

describe('matchOf', () => {
  it('distinguishes accounts by issuer and id', () => {
    expect(matchOf(ada, {...ada})).to.equal('same')
    expect(matchOf(ada, bob)).to.equal('other')
    expect(matchOf(ada, elsewhere)).to.equal('other')
    expect(matchOf(nobody, elsewhere)).to.equal('other')
  })

  it('is unknown where one of them has no id', () => {
    expect(matchOf(ada, nobody)).to.equal('unknown')
    expect(matchOf(nobody, ada)).to.equal('unknown')
  })

  it('does not use an e-mail address as an id', () => {
    const moved = {issuer, account: makeAccount({id: 'usr_9', email: 'ada@example.com'})}
    expect(matchOf(ada, moved)).to.equal('other')
  })
})

describe('accountAtText', () => {
  it('names the host where two accounts would otherwise look the same', () => {
    expect(accountAtText(ada, bob)).to.equal('ada@example.com')
    expect(accountAtText(ada, elsewhere)).to.equal('ada@example.com at mogplex.com')
    expect(accountAtText(nobody)).to.equal('an account that is not named at mogplex.com')
  })
})

describe('parseProfileAccount', () => {
  it('reads the output of formatProfileAccount', () => {
    for (const {account} of [ada, nobody]) {
      const text = formatProfileAccount({issuer, baseUrl: issuer, account})
      expect(JSON.stringify(parseProfileAccount(text))).to.equal(
        JSON.stringify({issuer, baseUrl: issuer, account}),
      )
    }
  })

  for (const text of [
    '',
    '{',
    '[]',
    '{}',
    '{"issuer": "https://mogplex.com"}',
    '{"issuer": "mogplex", "baseUrl": "https://mogplex.com"}',
    '{"issuer": "https://mogplex.com\\u001b[2J", "baseUrl": "https://mogplex.com"}',
    '{"issuer": "https://mogplex.com", "baseUrl": "https://mogplex.com", "account": {}}',
    '{"issuer": "https://mogplex.com", "baseUrl": "https://mogplex.com", "account": {"id": "a\\nb"}}',
  ]) {
    it(`rejects ${text} as broken`, () => {
      expect(parseProfileAccount(text)).to.equal(undefined)
    })
  }
})
