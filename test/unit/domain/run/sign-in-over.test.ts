import {expect} from 'chai'
import {ScopeMissingError} from '../../../../src/domain/errors/access.js'
import {
  CredentialRejectedError,
  LoginExpiredError,
  MalformedVariableError,
  NotLoggedInError,
  UnexpectedPageError,
} from '../../../../src/domain/errors/authentication.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {isOtherSignIn, isSignInOver} from '../../../../src/domain/run/sign-in-over.js'
import {makeKey, makeLogin, makeShellKey, NOW} from '../../../support/make-credential.js'

const OVER = [
  new CredentialRejectedError('The server ended the login.'),
  new CredentialRejectedError('401', 'r', true),
  new LoginExpiredError('ada', NOW),
  new NotLoggedInError(),
]

describe('isSignInOver', () => {
  it('is true for a login that was ended, rejected, used up or removed', () => {
    for (const error of OVER) {
      expect(isSignInOver(error, makeLogin()), error.message).to.equal(true)
      expect(isSignInOver(error, makeKey('mogplex')), error.message).to.equal(true)
    }
  })

  it('is false for a temporary or unrelated failure', () => {
    for (const error of [
      new UnexpectedPageError('HTML where JSON was due'),
      new RemoteError('502'),
      new ScopeMissingError('m', 'r'),
      new MalformedVariableError('MOGPLEX_API_KEY', 'is empty'),
      new Error('a bug'),
    ]) {
      expect(isSignInOver(error, makeLogin()), error.message).to.equal(false)
    }
  })

  it('is false for a variable: no sign-in elsewhere changes it', () => {
    for (const error of OVER) {
      expect(isSignInOver(error, makeShellKey()), error.message).to.equal(false)
    }
  })
})

describe('isOtherSignIn', () => {
  const login = makeLogin()
  const accessToken = new Secret('another-access-token')
  for (const [title, found, over, expected] of [
    ['not the ended login', makeLogin(), login, false],
    ['not its expired tokens', makeLogin({accessToken, expiresAt: NOW}), login, false],
    ['its tokens after a refresh elsewhere', makeLogin({accessToken}), login, true],
    ['another grant', makeLogin({grantId: 'grant-2'}), login, true],
    ['a key in place of it', makeKey('mogplex'), login, true],
    ['not the rejected key', makeKey('mogplex'), makeKey('mogplex'), false],
    [
      'a key that was stored later',
      makeKey('mogplex', {obtainedAt: new Date()}),
      makeKey('mogplex'),
      true,
    ],
    ['a login in place of a key', login, makeKey('mogplex'), true],
  ] as const) {
    it(`is ${title}`, () => expect(isOtherSignIn(found, over, NOW)).to.equal(expected))
  }
})
