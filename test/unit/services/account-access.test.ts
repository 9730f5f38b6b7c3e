import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {ScopeMissingError} from '../../../src/domain/errors/access.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {LockedError, RateLimitedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError, UnreachableError} from '../../../src/domain/errors/remote.js'
import {makeKey, NOW} from '../../support/make-credential.js'
import {accountOf, ONE, TWO} from './account-fixture.js'
import {BROKEN, contents} from './make-session.js'
import {failureOf, MINUTE, tokensNamed, tokensOf} from './refresh-fixture.js'

const FULL = new LocalFileError('/x is full.', 'Make room.')
const OLD = tokensOf(ONE)
const NEW = tokensOf(TWO)
const HOUR = 60 * MINUTE
const REFRESHED = [[OLD, false, undefined]]

describe('AccountAccess', () => {
  describe('returns a credential', () => {
    for (const [left, afterMs, isRefreshed] of [
      ['an hour', 0, false],
      ['a little more than 5 minutes', 55 * MINUTE - 1, false],
      ['5 minutes', 55 * MINUTE, true],
      ['a second', HOUR - 1000, true],
      ['no time', HOUR, true],
    ] as const) {
      it(`${isRefreshed ? 'that is refreshed' : 'unchanged'} where its access token has ${left}`, async () => {
        const fixture = accountOf()
        fixture.wait(afterMs)
        expect(await fixture.bearer()).to.equal(isRefreshed ? NEW : OLD)
        expect(fixture.refreshes).to.deep.equal(isRefreshed ? REFRESHED : [])
      })
    }

    for (const [what, first, env, bearer] of [
      ['a key of the environment', ONE, {MOGPLEX_API_KEY: 'mog_shell'}, 'mog_shell'],
      ['a stored key', makeKey('mogplex'), {}, 'stored-mogplex-key'],
      [
        'a login without a refresh token',
        tokensNamed('bare', {refreshToken: undefined}),
        {},
        'access-bare none',
      ],
    ] as [string, Credential, Record<string, string>, string][]) {
      it(`and never refreshes ${what}`, async () => {
        const fixture = accountOf(first, env)
        fixture.wait(HOUR - 1)
        expect(await fixture.bearer()).to.equal(bearer)
        expect(fixture.refreshes).to.deep.equal([])
      })
    }

    for (const [what, make, code] of [
      [
        'nobody is signed in',
        () => Object.assign(accountOf(), {disk: contents()}),
        'NOT_LOGGED_IN',
      ],
      [
        'the login has ended permanently',
        () => accountOf(tokensNamed('bare', {refreshToken: undefined, expiresAt: NOW})),
        'LOGIN_EXPIRED',
      ],
      [
        'the server ended the login',
        () => accountOf(tokensNamed('one', {rejected: {at: NOW, why: 'x'}})),
        'CREDENTIAL_REJECTED',
      ],
      [
        'the login is of another issuer',
        () => accountOf(tokensNamed('one', {issuer: 'https://id.example.com', expiresAt: NOW})),
        'NOT_LOGGED_IN',
      ],
      [
        'the variable is malformed',
        () => accountOf(ONE, {MOGPLEX_API_KEY: 'a b'}),
        'MALFORMED_VARIABLE',
      ],
      ['the file is broken', () => Object.assign(accountOf(), {disk: BROKEN}), 'AUTH_FILE_BROKEN'],
    ] as const) {
      it(`for nobody where ${what}, and refreshes nothing`, async () => {
        const fixture = make()
        expect(await failureOf(fixture.access.credential())).to.include({code})
        expect(fixture.refreshes).to.deep.equal([])
      })
    }

    it('from the disk each time, whatever another terminal does', async () => {
      const fixture = accountOf()
      expect(await fixture.bearer()).to.equal(OLD)
      fixture.put(tokensNamed('other', {grantId: 'grant-2'}))
      expect(await fixture.bearer()).to.equal('access-other refresh-other')
      fixture.put()
      expect(await failureOf(fixture.access.credential())).to.include({code: 'NOT_LOGGED_IN'})
      fixture.put(ONE)
      expect(await fixture.bearer()).to.equal(OLD)
    })

    it('and can be inspected, without a request and without an error', () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      expect(fixture.access.peek()).to.equal(ONE)
      fixture.put()
      expect(fixture.access.peek()).to.equal(undefined)
      fixture.put({...ONE, rejected: {at: NOW, why: 'gone'}})
      expect(fixture.access.peek()).to.equal(undefined)
      expect(fixture.refreshes).to.deep.equal([])
    })

    it('and shows it, too, after a refresh', async () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      await fixture.access.credential()
      const {account} = fixture.session.resolution
      expect(account).to.have.nested.property('credential.expiresAt', TWO.expiresAt)
    })
  })

  describe('checks again when the login changed while it was refreshed', () => {
    it('and uses another one', async () => {
      const fixture = accountOf()
      fixture.refresh = async () => {
        fixture.put(tokensNamed('other', {grantId: 'grant-2', expiresAt: TWO.expiresAt}))
        return Promise.resolve('changed')
      }
      fixture.wait(HOUR)
      expect(await fixture.bearer()).to.equal('access-other refresh-other')
      expect(fixture.refreshes).to.deep.equal(REFRESHED)
    })

    it('and restores nothing after a logout', async () => {
      const fixture = accountOf()
      fixture.refresh = async () => {
        fixture.put()
        return Promise.resolve('changed')
      }
      fixture.wait(HOUR)
      expect(await failureOf(fixture.access.credential())).to.include({code: 'NOT_LOGGED_IN'})
    })

    it('and gives up after five turns: exit 64', async () => {
      const fixture = accountOf()
      fixture.refresh = async () => Promise.resolve('changed')
      fixture.wait(HOUR)
      const error = await failureOf(fixture.access.credential())
      expect(error).to.include({exitCode: 64})
      expect(error).property('message').to.include('kept changing')
      expect(fixture.refreshes).to.have.lengthOf(5)
    })
  })

  for (const [what, error] of [
    ['a full disk', FULL],
    ['a lock that cannot be had', new LockedError('is refreshing the login', undefined)],
    ['too many requests', new RateLimitedError('mogplex.com', 7)],
    ['a server in trouble', new RemoteError('It answers 503.')],
    ['no network', new UnreachableError('No DNS.', undefined, false)],
  ] as const) {
    describe(`after ${what}`, () => {
      const setUp = (left: number) => {
        const fixture = accountOf()
        fixture.refresh = async () => Promise.reject(error)
        fixture.wait(HOUR - left)
        return fixture
      }

      it('continues with the access token while it is valid, and tries again after 30 s', async () => {
        const fixture = setUp(2 * MINUTE)
        for (const [wait, refreshes] of [
          [0, 1],
          [0, 1],
          [29_999, 1],
          [1, 2],
          [29_999, 2],
        ] as const) {
          fixture.wait(wait)
          expect(await fixture.bearer()).to.equal(OLD)
          expect(fixture.refreshes).to.have.lengthOf(refreshes)
        }
      })

      it('fails with it when the access token has expired, each time', async () => {
        const fixture = setUp(1000)
        expect(await fixture.bearer()).to.equal(OLD)
        fixture.wait(1000)
        for (const refreshes of [2, 3]) {
          expect(await failureOf(fixture.access.credential())).to.equal(error)
          expect(fixture.refreshes).to.have.lengthOf(refreshes)
        }
        expect(tokensOf(ONE)).to.equal(OLD)
      })

      it('fails with it when the caller gave up', async () => {
        const fixture = setUp(MINUTE)
        const over = new AbortController()
        fixture.refresh = async () => {
          over.abort()
          return Promise.reject(error)
        }
        const {signal} = over
        expect(await failureOf(fixture.access.credential({signal}))).to.equal(error)
      })
    })
  }

  for (const error of [
    new CredentialRejectedError('The sign-in ended.'),
    new ScopeMissingError('It is read-only.', 'Sign in with more.'),
    new CancelledError('Stop.', 'Again.'),
    new TypeError('a bug'),
  ]) {
    it(`does not continue after ${error.name} (${error.message}), though the access token is valid`, async () => {
      const fixture = accountOf()
      fixture.refresh = async () => Promise.reject(error)
      fixture.wait(HOUR - MINUTE)
      expect(await failureOf(fixture.access.credential())).to.equal(error)
    })
  }
})
