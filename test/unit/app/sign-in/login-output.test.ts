import {expect} from 'chai'
import {loggedInText} from '../../../../src/app/sign-in/login-output.js'
import {accountReport} from '../../../../src/domain/credential/identity.js'
import {ISSUER, makeLogin} from '../../../support/make-credential.js'
import {DECEMBER, FIVE, MARKED, NOON, DISPLAY_OPTIONS} from '../make-display-options.js'

type Changes = Parameters<typeof makeLogin>[0]

function text(changes: Changes, display = DISPLAY_OPTIONS): string {
  return loggedInText(accountReport(makeLogin(changes), ISSUER), display)
}

describe('loggedInText', () => {
  it('shows the account, the scopes, and the expiry', () => {
    expect(text({refreshToken: undefined, expiresAt: FIVE})).to.equal(
      'Signed in to mogplex.com as ada@example.com (Ada): read and write, until 17:00.',
    )
    const brief = {refreshToken: undefined, expiresAt: DECEMBER, scopes: ['read']}
    expect(text(brief)).to.match(/: read, until 23 Dec\.$/)
    expect(text({obtainedAt: NOON})).to.match(/, until 23 Dec if unused\.$/)
  })

  it('says what is unknown', () => {
    const unknown = {account: undefined, scopes: undefined, clientId: 'another'}
    expect(text(unknown)).to.equal(
      'Signed in to mogplex.com as an account that the server does not name: scopes unknown.',
    )
  })

  it('names the issuer of the login', () => {
    const issuer = 'https://id.example.com/realms/a'
    expect(text({issuer})).to.match(/^Signed in to id\.example\.com\/realms\/a as /)
  })

  it('emphasises the success, and the account', () => {
    expect(text({}, MARKED)).to.match(/^<good Signed in> to mogplex\.com as <strong ada/)
  })
})
