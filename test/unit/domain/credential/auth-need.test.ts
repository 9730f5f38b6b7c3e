import {expect} from 'chai'
import {authNeedOf, UnknownAuthNeedError} from '../../../../src/domain/credential/auth-need.js'
import {expectError} from '../errors/expect-error.js'

function commandSaying(auth: unknown): object {
  return {auth}
}

describe('authNeedOf', () => {
  for (const need of ['account', 'any', 'model', 'none', 'write'] as const) {
    it(`accepts ${need}`, () => {
      expect(authNeedOf(commandSaying(need))).to.equal(need)
      expect(
        authNeedOf(
          class {
            static auth = need
          },
        ),
      ).to.equal(need)
    })
  }

  it('is none for a command without a declaration', () => {
    expect(authNeedOf({})).to.equal('none')
    expect(authNeedOf(commandSaying(undefined))).to.equal('none')
  })

  it('inherits from a parent class', () => {
    class Parent {
      static auth = 'account'
    }
    class Child extends Parent {}
    expect(authNeedOf(Child)).to.equal('account')
  })

  for (const auth of ['acount', 'Account', '', ' none', null, true, ['none'], {none: true}, 0]) {
    it(`is closed for ${JSON.stringify(auth)}`, () => {
      expect(() => authNeedOf(commandSaying(auth))).to.throw(UnknownAuthNeedError)
    })
  }
})

describe('UnknownAuthNeedError', () => {
  it('names the command, and exits with 1', () => {
    const error = new UnknownAuthNeedError('The command repos:list')
    expectError(error, {code: 'UNKNOWN_AUTH_NEED', exitCode: 1})
    expect(error.message).to.include('repos:list')
    expect(() => authNeedOf(commandSaying('x'))).to.throw('without a name')
  })
})
