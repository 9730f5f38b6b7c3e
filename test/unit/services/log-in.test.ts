import {expect} from 'chai'
import type {AuthorizationRequest} from '../../../src/adapters/authorization-server/authorization-request.js'
import {type CodeCallback, judgeCallback} from '../../../src/domain/login/callback-rules.js'
import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {LoginFailedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import type {PasteRoute} from '../../../src/services/first-callback.js'
import {AUTH_PATH, makeKey, makeLogin, NOW, stored} from '../../support/make-credential.js'
import {BEFORE, GOOD_QUERY, logInAmongFakes, METADATA, TOKENS} from './login-fixture.js'
import {contents} from './make-session.js'

const AT_FIRST_PORT = 'http://127.0.0.1:24816/auth/callback'
const AWAY = new RemoteError('mogplex.com is in trouble: it answers 503.')

function fileWith(...before: Credential[]) {
  const written: Credential[] = []
  const authFile = {
    path: AUTH_PATH,
    read: () => contents(stored(...before)),
    rehearse: async () => Promise.resolve(),
    store: async (credential: Credential) => {
      written.push(credential)
      return Promise.resolve({
        member: 'mogplex' as const,
        keptAside: ['/x/auth.json.foreign-1'],
        replaced: [],
      })
    },
  }
  return {authFile, written}
}

describe('logIn', () => {
  it('answers the browser only after the credential is stored, then closes the port', async () => {
    const {steps, outcomes, loggedIn} = await logInAmongFakes({})
    expect(steps).to.deep.equal([
      'rehearse',
      'discover',
      'listen 24816 24818',
      'ask for http://127.0.0.1:24818/auth/callback',
      'tell authorization',
      'tell exchanging',
      'exchange',
      'store',
      'respond',
      'clear the journal',
      'event',
      'close',
    ])
    const signedIn = {who: 'ada@example.com', host: 'mogplex.com'}
    expect(outcomes).to.deep.equal([{ok: true, signedIn}])
    expect(loggedIn?.credential.account).to.deep.equal(TOKENS.account)
  })

  it('stores the granted scopes, as a new grant at the configured issuer', async () => {
    const {authFile, written} = fileWith()
    const {loggedIn} = await logInAmongFakes({ports: {authFile}})
    const credential: OAuthCredential = {
      type: 'oauth',
      provider: 'mogplex',
      source: {type: 'file', path: AUTH_PATH},
      issuer: 'https://mogplex.com',
      baseUrl: 'https://mogplex.com',
      clientId: 'mogplex-cli',
      ...TOKENS,
      grantId: 'new-grant',
      obtainedAt: NOW,
    }
    expect(written).to.deep.equal([credential])
    expect(loggedIn).to.deep.equal({
      credential,
      keptAside: ['/x/auth.json.foreign-1'],
      replaced: [],
    })
  })

  it('exchanges the code of the answer, for its own request', async () => {
    const seen: unknown[] = []
    const exchange = async (
      metadata: unknown,
      {codeVerifier}: AuthorizationRequest,
      {code, state}: CodeCallback,
    ) => {
      seen.push(metadata, codeVerifier.reveal(), code.reveal(), state.reveal())
      return Promise.resolve(TOKENS)
    }
    await logInAmongFakes({ports: {exchange}})
    expect(seen).to.deep.equal([METADATA, 'verifier-value', 'code-value', 'state-value'])
  })

  it('fails with exit 64 when it is denied, and stores nothing', async () => {
    const comesBack = 'error=access_denied&error_description=No&state=state-value'
    const {error, steps, outcomes} = await logInAmongFakes({comesBack})
    expect(error).to.include({code: 'LOGIN_FAILED', exitCode: 64})
    expect(error).property('message').to.include('(access_denied: No)')
    expect(steps).not.to.include('exchange').and.not.include('store')
    expect(outcomes).to.deep.equal([{ok: false, code: 'LOGIN_FAILED'}])
    expect(steps.slice(-2)).to.deep.equal(['respond', 'close'])
  })

  it('keeps the old credential and says so to the browser when the exchange fails', async () => {
    const exchange = async (): Promise<never> => Promise.reject(AWAY)
    const {error, steps, outcomes} = await logInAmongFakes({ports: {exchange}})
    expect(error).to.equal(AWAY)
    expect(steps).not.to.include('store')
    expect(outcomes).to.deep.equal([{ok: false, code: AWAY.code}])
    expect(steps.slice(-2)).to.deep.equal(['respond', 'close'])
  })

  it('does not report success to the browser when nothing could be stored', async () => {
    const failure = new LocalFileError('/x is full.', 'Make room.')
    const authFile = {...fileWith().authFile, store: async () => Promise.reject(failure)}
    const {error, outcomes} = await logInAmongFakes({ports: {authFile}})
    expect(error).to.equal(failure)
    expect(outcomes).to.deep.equal([{ok: false, code: 'LOCAL_FILE'}])
  })

  it('continues by pasting where both ports are in use', async () => {
    const paste: PasteRoute = async function* () {
      yield `${AT_FIRST_PORT}?${GOOD_QUERY}`
    }
    const {loggedIn, steps, told} = await logInAmongFakes({portsBusy: true, paste})
    expect(loggedIn?.credential.grantId).to.equal('new-grant')
    expect(steps).to.include(`ask for ${AT_FIRST_PORT}`).and.include('store')
    expect(told[0]).to.deep.equal({
      type: 'authorization',
      url: METADATA.authorizationEndpoint,
      redirectUri: undefined,
      unopened: [24816, 24818].map((port) => ({port, code: 'EADDRINUSE'})),
    })
  })

  it('accepts a paste before it shows what to open', async () => {
    let isOpenFor = ''
    const paste: PasteRoute = () => {
      isOpenFor = 'a paste'
      return (async function* () {
        yield `${AT_FIRST_PORT}?${GOOD_QUERY}`
      })()
    }
    const openAtTell: string[] = []
    await logInAmongFakes({paste, onTell: ({type}) => openAtTell.push(`${type}: ${isOpenFor}`)})
    expect(openAtTell[0]).to.equal('authorization: a paste')
  })

  it('opens the browser only on request', async () => {
    const browser = 'browser /auth/start/one-time'
    expect((await logInAmongFakes({openBrowser: false})).steps).not.to.include(browser)
    const {steps, told} = await logInAmongFakes({openBrowser: true})
    expect(steps.indexOf(browser)).to.be.greaterThan(steps.indexOf('tell authorization'))
    expect(steps.slice(-2)).to.deep.equal(['close start', 'close'])
    expect(told.map(({type}) => type)).to.deep.equal(['authorization', 'exchanging'])
  })

  for (const [how, openBrowser] of [
    ['none opens', async () => Promise.resolve(false)],
    ['opening fails', async () => Promise.reject(new Error('spawn'))],
  ] as const) {
    it(`continues without a browser where ${how}, and reports it`, async () => {
      const {loggedIn, told} = await logInAmongFakes({openBrowser: true, ports: {openBrowser}})
      expect(loggedIn).not.to.equal(undefined)
      expect(told).to.deep.include({type: 'no-browser'})
    })
  }

  it('opens no browser where nothing can redirect it, and reports it', async () => {
    const ports = {openStartAddress: async () => Promise.resolve(undefined)}
    const {loggedIn, told, steps} = await logInAmongFakes({openBrowser: true, ports})
    expect(loggedIn).not.to.equal(undefined)
    expect(told).to.deep.include({type: 'no-browser'})
    expect(steps.filter((step) => step.startsWith('browser'))).to.deep.equal([])
  })

  it('fails when another user may have read the address of the browser', async () => {
    const error = new LoginFailedError('Twice.', 'Again.', 'START_ADDRESS_REUSED')
    const start = {url: new URL('http://127.0.0.1/'), reused: Promise.reject(error)}
    start.reused.catch(() => undefined)
    const ports = {
      openStartAddress: async () => Promise.resolve({...start, close: () => undefined}),
    }
    const login = await logInAmongFakes({openBrowser: true, comesBack: 'x=1', ports})
    expect(login.error).to.equal(error)
    expect(login.steps).not.to.include('store')
  })

  it('leaves everything unchanged when it is interrupted, and closes the port', async () => {
    const reason = new CancelledError('It was interrupted.', 'Run it again.')
    const over = new AbortController()
    setImmediate(() => over.abort(reason))
    const {error, steps} = await logInAmongFakes({comesBack: 'x=1', signal: over.signal})
    expect(error).to.equal(reason)
    expect(steps.at(-1)).to.equal('close')
    expect(steps).not.to.include('store').and.not.include('exchange')
  })

  it('ignores a browser that fails once the sign-in was interrupted', async () => {
    const over = new AbortController()
    const openBrowser = async (): Promise<boolean> => {
      over.abort(new CancelledError('It was interrupted.', 'Run it again.'))
      return Promise.resolve(false)
    }
    const fixture = {comesBack: 'x=1', openBrowser: true, signal: over.signal, ports: {openBrowser}}
    const {error, told} = await logInAmongFakes(fixture)
    expect(error).to.include({exitCode: 130})
    expect(told).not.to.deep.include({type: 'no-browser'})
  })

  it('opens no port where the server is not found, and closes it where no request can be made', async () => {
    const fails = async (): Promise<never> => Promise.reject(AWAY)
    expect((await logInAmongFakes({ports: {discover: fails}})).steps).to.deep.equal(['rehearse'])
    const {error, steps} = await logInAmongFakes({ports: {makeRequest: fails}})
    expect(error).to.equal(AWAY)
    expect(steps).to.deep.equal(['rehearse', 'discover', 'listen 24816 24818', 'close'])
  })

  it('checks the issuer of the metadata, with iss where it is promised', async () => {
    const issuer = 'https://mogplex.com/api/auth'
    const discover = async () =>
      Promise.resolve({...METADATA, issPromised: true, document: {issuer}})
    const comesBack = `${GOOD_QUERY}&iss=${encodeURIComponent(issuer)}`
    const {loggedIn} = await logInAmongFakes({comesBack, ports: {discover}})
    expect(loggedIn?.credential.issuer).to.equal('https://mogplex.com')
    const expected = {state: 'state-value', issuer, issPromised: true}
    expect(judgeCallback(new URLSearchParams(GOOD_QUERY), expected).kind).to.equal('refused')
  })

  const [STAGING, EVE] = ['https://staging.example.com', {id: 'usr_2'}]
  for (const [what, before, isReplaced] of [
    ["another account's", makeLogin({...BEFORE, account: EVE}), true],
    ["another issuer's", makeLogin({...BEFORE, issuer: STAGING}), true],
    ["the same account's", BEFORE, false],
    ['one of an unknown account', makeLogin({...BEFORE, account: undefined}), false],
  ] as const) {
    it(`${isReplaced ? 'passes on' : 'leaves alone'} the old login where it is ${what}`, async () => {
      const {loggedIn} = await logInAmongFakes({before: [makeKey('openai'), before]})
      expect(loggedIn?.replaced[0]?.credential).to.equal(isReplaced ? before : undefined)
    })
  }

  it('does not revoke a login where the new account is unknown, nor a key', async () => {
    const exchange = async () => Promise.resolve({...TOKENS, account: undefined})
    const unnamed = await logInAmongFakes({
      before: [makeLogin({account: EVE})],
      ports: {exchange},
    })
    expect(unnamed.loggedIn?.replaced).to.deep.equal([])
    const key = makeKey('mogplex', {issuer: STAGING})
    const after = await logInAmongFakes({before: [key]})
    expect(after.loggedIn?.replaced).to.deep.equal([])
  })
})
