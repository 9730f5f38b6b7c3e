import type {AuthNeed} from '@mogplex/plugin-kit/session'
import {expect} from 'chai'
import type {AuthFileContents} from '../../../src/adapters/auth-file.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import type {CredentialSession} from '../../../src/services/credential-session.js'
import {AUTH_PATH, makeLogin, NOW, stored} from '../../support/make-credential.js'
import {BROKEN, contents, makeSession} from './make-session.js'

const LOGIN = contents(stored(makeLogin()))
const SHELL = {MOGPLEX_API_KEY: 'mog_1'}

function unreadable(): AuthFileContents {
  throw new LocalFileError(`${AUTH_PATH} belongs to another user.`, 'Correct the owner.')
}

function codeOf(session: CredentialSession, need: AuthNeed): unknown {
  try {
    session.require(need)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('CredentialSession', () => {
  it('decides from the environment and the file', () => {
    const session = makeSession({env: {OPENAI_API_KEY: 'sk-1'}, read: () => LOGIN})
    const {account, model} = session.resolution
    expect(account).to.deep.equal({kind: 'credential', credential: makeLogin()})
    expect(model).to.deep.include({kind: 'credential'}).and.not.deep.equal(account)
    expect(session.settings.issuer).to.equal('https://mogplex.com')
    expect(codeOf(session, 'account')).to.equal(undefined)
  })

  it('reads once for all callers, and again only on request', () => {
    let looks = 0
    const read = (): AuthFileContents => (looks++ === 0 ? LOGIN : contents())
    const session = makeSession({read})
    session.prime()
    session.prime()
    session.require('account')
    session.takeNotices()
    expect([looks, session.resolution.account.kind]).to.deep.equal([1, 'credential'])
    session.refresh()
    expect([looks, session.resolution.account.kind]).to.deep.equal([2, 'none'])
    expect(codeOf(session, 'account')).to.equal('NOT_LOGGED_IN')
  })

  it('uses the clock to see whether a login has expired', () => {
    let now = NOW
    const login = contents(stored(makeLogin({refreshToken: undefined})))
    const session = makeSession({read: () => login, now: () => now})
    expect(codeOf(session, 'account')).to.equal(undefined)
    now = new Date('2026-11-23T17:00:00.000Z')
    expect(codeOf(session, 'account')).to.equal(undefined)
    session.refresh()
    expect(codeOf(session, 'account')).to.equal('LOGIN_EXPIRED')
  })

  it('never throws in prime, whatever happens', () => {
    const failures = [
      {env: {MOGPLEX_URL: 'no address'}},
      {read: () => BROKEN},
      {read: unreadable},
      {
        read: () => {
          throw new TypeError('a bug')
        },
      },
      {
        now: () => {
          throw new RangeError('no clock')
        },
      },
    ]
    for (const failure of failures) {
      const session = makeSession(failure)
      session.prime()
      session.refresh()
      expect(codeOf(session, 'none')).to.equal(undefined)
      expect(codeOf(session, 'any')).not.to.equal(undefined)
    }
  })

  it('holds back invalid settings until an answer is needed', () => {
    const session = makeSession({env: {...SHELL, MOGPLEX_ISSUER: 'ftp://x'}, read: () => LOGIN})
    expect(session.takeNotices()).to.deep.equal([])
    expect(session.tryResolution()).to.equal(undefined)
    expect(codeOf(session, 'none')).to.equal(undefined)
    for (const need of ['account', 'any', 'model'] as const) {
      expect(codeOf(session, need)).to.equal('BAD_SETTING')
    }
    expect(() => session.settings).to.throw('MOGPLEX_ISSUER')
    expect(() => session.resolution).to.throw('MOGPLEX_ISSUER')
  })

  for (const [what, read, code] of [
    ['broken', () => BROKEN, 'AUTH_FILE_BROKEN'],
    ['unreadable', unreadable, 'LOCAL_FILE'],
  ] as const) {
    describe(`with a file that is ${what}`, () => {
      it('fails with the file, where no variable answers', () => {
        const session = makeSession({read})
        for (const need of ['account', 'any', 'model'] as const) {
          expect(codeOf(session, need)).to.equal(code)
        }
        expect(codeOf(session, 'none')).to.equal(undefined)
        expect(session.takeNotices()).to.deep.equal([])
        expect(session.tryResolution()?.account).to.deep.equal({kind: 'none'})
      })

      it('uses a variable that answers, and gives notice of the file', () => {
        const session = makeSession({env: SHELL, read})
        for (const need of ['account', 'any', 'model'] as const) {
          expect(codeOf(session, need)).to.equal(undefined)
        }
        const [notice, ...others] = session.takeNotices()
        expect(notice).to.include(AUTH_PATH)
        expect(others).to.deep.equal([])
      })

      it('fails with the file for the account, where a variable answers for prompts only', () => {
        const session = makeSession({env: {OPENAI_API_KEY: 'sk-1'}, read})
        expect(codeOf(session, 'model')).to.equal(undefined)
        expect(codeOf(session, 'any')).to.equal(undefined)
        expect(codeOf(session, 'account')).to.equal(code)
      })

      it('names a malformed variable first: the file is not needed', () => {
        const session = makeSession({env: {MOGPLEX_API_KEY: 'a b'}, read})
        for (const need of ['account', 'any', 'model'] as const) {
          expect(codeOf(session, need)).to.equal('MALFORMED_VARIABLE')
        }
      })
    })
  }

  it('does not hide a bug in reading the file, even where a variable answers', () => {
    const bug = new TypeError('a bug')
    const read = (): never => {
      throw bug
    }
    const session = makeSession({env: SHELL, read})
    expect(() => session.resolution).to.throw(bug)
    expect(session.takeNotices()).to.deep.equal([])
  })

  it('names the file that it read', () => {
    const {trace} = makeSession({read: () => LOGIN}).resolution
    expect(trace.map(({source}) => source)).to.deep.include({type: 'file', path: AUTH_PATH})
  })

  it('names a malformed provider variable for `any` too', () => {
    const session = makeSession({env: {OPENAI_API_KEY: 'a b'}})
    expect(codeOf(session, 'any')).to.equal('MALFORMED_VARIABLE')
  })

  it('returns each notice once, those of the file after earlier ones', () => {
    const read = (): AuthFileContents => contents([], ['The file was open.', 'It is shared.'])
    const session = makeSession({notices: ['CODEX_HOME is deprecated.'], read})
    expect(session.takeNotices()).to.deep.equal([
      'CODEX_HOME is deprecated.',
      'The file was open.',
      'It is shared.',
    ])
    expect(session.takeNotices()).to.deep.equal([])
    session.refresh()
    expect(session.takeNotices()).to.deep.equal([])
  })

  it('returns a notice that comes up later', () => {
    const notices: string[] = []
    const session = makeSession({read: () => contents([], [...notices])})
    expect(session.takeNotices()).to.deep.equal([])
    notices.push('The file was open.')
    session.refresh()
    session.refresh()
    expect(session.takeNotices()).to.deep.equal(['The file was open.'])
  })
})
