import {expect} from 'chai'
import {
  CredentialRejectedError,
  LoginExpiredError,
  LoginFailedError,
  MalformedVariableError,
  NoLoginRouteError,
  NoPendingLoginError,
  NoModelCredentialError,
  NoProviderKeyError,
  NotLoggedInError,
  PasteRefusedError,
  RefreshRefusedError,
  UnexpectedPageError,
} from '../../../../src/domain/errors/authentication.js'
import {expectError} from './expect-error.js'

const NOON = new Date('2026-11-23T12:00:00.000Z')

describe('the errors that mean "sign in again"', () => {
  for (const [code, error] of Object.entries({
    NOT_LOGGED_IN: new NotLoggedInError(),
    NO_MODEL_CREDENTIAL: new NoModelCredentialError(),
    MALFORMED_VARIABLE: new MalformedVariableError('OPENAI_API_KEY', 'it cannot be a key'),
    LOGIN_EXPIRED: new LoginExpiredError('ada@example.com', NOON),
    CREDENTIAL_REJECTED: new CredentialRejectedError('mogplex.com rejects the stored login.'),
    LOGIN_FAILED: new LoginFailedError('The sign-in was refused.'),
    NO_LOGIN_ROUTE: new NoLoginRouteError('CI is set'),
    NO_PENDING_LOGIN: new NoPendingLoginError(),
    PASTE_REFUSED: new PasteRefusedError('That is another address.'),
  })) {
    it(`has ${code}, with exit 64 and a remedy`, () => {
      expectError(error, {code, exitCode: 64})
    })
  }

  it('names the variable in message and remedy', () => {
    const {message, remedy} = new MalformedVariableError('XAI_API_KEY', 'it holds a blank')
    expect(message).to.equal('XAI_API_KEY is set, and it holds a blank.')
    expect(remedy).to.equal('Correct it, or `unset XAI_API_KEY`.')
  })

  it('says whose login expired, and when', () => {
    const {message} = new LoginExpiredError('ada@example.com', NOON)
    expect(message).to.equal('The login of ada@example.com expired at 2026-11-23 12:00 UTC.')
  })

  for (const [provider, remedy] of [
    [
      {id: 'xai', name: 'xAI', variable: 'XAI_API_KEY'},
      'Set XAI_API_KEY, or run `mogplex login --with-api-key --provider xai`.',
    ],
    [
      {id: 'mogplex', name: 'Mogplex', variable: 'MOGPLEX_API_KEY'},
      'Run `mogplex login`, or set MOGPLEX_API_KEY.',
    ],
  ] as const) {
    it(`says where to store a key of ${provider.name}`, () => {
      const error = new NoProviderKeyError(provider)
      expectError(error, {code: 'NO_MODEL_CREDENTIAL', exitCode: 64})
      expect(error.message).to.equal(`No credential of ${provider.name} was found to pay with.`)
      expect(error.remedy).to.equal(remedy)
    })
  }

  it('names the ways to get a credential', () => {
    const {message, remedy} = new NotLoggedInError()
    expect(message).to.equal('No Mogplex credential was found.')
    expect(remedy).to.include('`mogplex login`').and.include('MOGPLEX_API_KEY')
    expect(new NoModelCredentialError().remedy).to.include('OPENAI_API_KEY')
  })

  it('accepts other words, another remedy and another code', () => {
    expect(new NotLoggedInError('Nobody.').message).to.equal('Nobody.')
    expect(new CredentialRejectedError('No.', 'Set it.').remedy).to.equal('Set it.')
    expect(new LoginFailedError('Late.', 'Run it.', 'LOGIN_TIMED_OUT')).to.include({
      code: 'LOGIN_TIMED_OUT',
      remedy: 'Run it.',
      exitCode: 64,
    })
  })

  it('distinguishes a page in place of an answer from a rejected credential', () => {
    const page = new UnexpectedPageError('mogplex.com does not accept the stored login.')
    expectError(page, {code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(page).to.be.instanceOf(CredentialRejectedError).and.include({isUnauthorized: false})
  })

  it('names the ways to sign in without a terminal', () => {
    const {remedy} = new NoLoginRouteError('this is not a terminal')
    for (const way of ['--no-browser', '--device', '--with-api-key', 'MOGPLEX_API_KEY']) {
      expect(remedy).to.include(way)
    }
  })

  it('keeps why a refresh was refused, for the check that follows', () => {
    const error = new RefreshRefusedError('mogplex.com', 'invalid_grant')
    expectError(error, {code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(error.why).to.equal('invalid_grant')
    expect(error.message).to.include('mogplex.com').and.to.include('invalid_grant')
  })
})
