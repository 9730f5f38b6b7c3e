import {expect} from 'chai'
import {LoginFailedError} from '../../../../src/domain/errors/authentication.js'
import {requireAccount} from '../../../../src/domain/login/expected-account.js'
import {makeAccount} from '../../../support/make-account.js'

const ADA = makeAccount({id: 'usr_1', email: 'ada@example.com', name: 'Ada'})

function refusalOf(...args: Parameters<typeof requireAccount>): LoginFailedError {
  try {
    requireAccount(...args)
  } catch (error) {
    if (error instanceof LoginFailedError) return error
    throw error
  }
  throw new Error('The account was accepted.')
}

describe('requireAccount', () => {
  it('accepts any account where none is expected', () => {
    for (const account of [ADA, {id: 'usr_1'}, undefined]) requireAccount(account, undefined)
  })

  for (const expected of ['ada@example.com', 'ADA@Example.COM', ' ada@example.com\n']) {
    it(`matches ada@example.com with ${JSON.stringify(expected)}`, () => {
      requireAccount(ADA, expected)
      requireAccount(makeAccount({id: 'usr_1', email: 'Ada@Example.com'}), expected)
    })
  }

  for (const expected of [
    'grace@example.com',
    'ada@example.com.evil.test',
    'ada',
    'usr_1',
    '',
    ' ',
  ]) {
    it(`refuses ada@example.com for ${JSON.stringify(expected)}, and says who signed in`, () => {
      const {message, code, exitCode} = refusalOf(ADA, expected)
      expect({code, exitCode}).to.deep.equal({code: 'UNEXPECTED_ACCOUNT', exitCode: 64})
      expect(message).to.equal(
        `ada@example.com signed in, not ${expected.trim() || 'the account that was expected'}; nothing was stored.`,
      )
    })
  }

  for (const [what, email, expected] of [
    ['a Kelvin sign', 'ada@\u212Aelvin.example', 'ada@kelvin.example'],
    ['a Kelvin sign in place of a k', 'ada@kelvin.example', 'ada@\u212Aelvin.example'],
    ['a dotted capital I', 'ad\u0130@example.com', 'adi\u0307@example.com'],
    ['a zero-width space before it', '\u200Bada@example.com', 'ada@example.com'],
    ['a zero-width space after it', 'ada@example.com\u200B', 'ada@example.com'],
    ['a soft hyphen in it', 'ad\u00ADa@example.com', 'ad a@example.com'],
    ['a blank before it', ' ada@example.com', 'ada@example.com'],
    ['what was cut', 'x'.repeat(301), `${'x'.repeat(300)}…`],
  ] as const) {
    it(`refuses an address with ${what}`, () => {
      const {code} = refusalOf(makeAccount({id: 'usr_1', email}), expected)
      expect(code).to.equal('UNEXPECTED_ACCOUNT')
    })
  }

  it('refuses an address that the server says is not verified, and says so', () => {
    const account = {...ADA, isEmailUnverified: true as const}
    expect(refusalOf(account, 'ada@example.com')).to.include({
      code: 'UNEXPECTED_ACCOUNT',
      message:
        'ada@example.com signed in, but the server says that this address is not verified; nothing was stored.',
    })
    expect(refusalOf(account, 'grace@example.com').message).to.include('signed in, not ')
  })

  for (const [what, account] of [
    ['nothing', undefined],
    ['an id and a name only', makeAccount({id: 'ada@example.com', name: 'ada@example.com'})],
  ] as const) {
    it(`refuses where the server says ${what} about the account`, () => {
      for (const expected of ['ada@example.com', '']) {
        const {message, exitCode} = refusalOf(account, expected)
        expect(exitCode).to.equal(64)
        expect(message).to.equal(
          'The server does not say whose account this is; nothing was stored.',
        )
      }
    })
  }

  it('says how to sign in with another account, or the given remedy', () => {
    expect(refusalOf(ADA, 'grace@example.com').remedy).to.match(/^Sign out in the browser, /)
    expect(refusalOf(ADA, 'grace@example.com', 'Take another.').remedy).to.equal('Take another.')
  })
})
