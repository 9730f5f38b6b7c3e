import {expect} from 'chai'
import {startLocalCloud, type Browser, type LocalCloud} from '../src/index.js'
import {REDIRECT_URI, STATE, type Changes} from './support/authorization-request.js'
import {ADA, nextUrl} from './support/next-cloud.js'

describe('the authorization endpoint of the profile next', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud({profile: 'next'})))
  after(() => cloud.close())

  const locationOf = (response: Response) =>
    new URL(response.headers.get('location') ?? '', cloud.url)
  const post = (browser: Browser, url: URL, form: Record<string, string>) => {
    const headers = {origin: cloud.url}
    return browser.fetch(url, {method: 'POST', body: new URLSearchParams(form), headers})
  }
  const signInOn = async (browser: Browser, changes: Changes = {}) => {
    const login = locationOf(await browser.fetch(nextUrl(cloud.url, changes)))
    expect(login.pathname).to.equal('/login')
    return post(browser, login, {email: ADA, password: 'demo-ada-2026'})
  }

  it('leads through the sign-in page to the consent page', async () => {
    const browser = cloud.browser(ADA)
    const consent = locationOf(await signInOn(browser))
    expect(consent.pathname).to.equal('/consent')
    const page = await (await browser.fetch(consent)).text()
    expect(page)
      .to.include('Allow Mogplex CLI?')
      .and.include(`<strong>Ada Lovelace</strong>, ${ADA}`)
    expect(page).to.include('Act for the account').and.not.include('<script')
  })

  for (const [answer, wanted] of [
    ['allow', {code: /^[A-Za-z0-9]{32}$/}],
    ['deny', {error: /^access_denied$/, error_description: /^User denied access$/}],
    ['', {error: /^access_denied$/, error_description: /^User denied access$/}],
  ] as const) {
    it(`redirects with state and iss after "${answer}"`, async () => {
      const browser = cloud.browser(ADA)
      const consent = locationOf(await signInOn(browser))
      const response = await post(browser, consent, {answer})
      expect(response.status).to.equal(303)
      const back = locationOf(response)
      expect(back.origin + back.pathname).to.equal(REDIRECT_URI)
      const {state, iss, ...rest} = Object.fromEntries(back.searchParams)
      expect({state, iss}).to.deep.equal({state: STATE, iss: `${cloud.url}/api/auth`})
      expect(Object.keys(rest)).to.deep.equal(Object.keys(wanted))
      for (const [name, pattern] of Object.entries(wanted)) expect(rest[name]).to.match(pattern)
    })
  }

  it('does not ask for consent for our own client unless the request does', async () => {
    const response = await signInOn(cloud.browser(ADA), {prompt: undefined})
    expect(locationOf(response).searchParams.has('code')).to.equal(true)
  })

  it('accepts any port of this machine, and no other path or host', async () => {
    const browser = cloud.browser(ADA)
    for (const origin of ['http://127.0.0.1:31234', 'http://localhost:9', 'http://127.0.0.1']) {
      const redirect_uri = `${origin}/auth/callback`
      const back = await browser.authorize(nextUrl(cloud.url, {redirect_uri}))
      expect(back.href.startsWith(`${redirect_uri}?code=`), back.href).to.equal(true)
    }
    for (const redirect_uri of [
      'http://127.0.0.1:24816/other',
      'https://evil.test/auth/callback',
    ]) {
      const refused = locationOf(await browser.fetch(nextUrl(cloud.url, {redirect_uri})))
      expect(refused.origin + refused.pathname).to.equal(`${cloud.url}/api/auth/error`)
      expect(refused.searchParams.get('error')).to.equal('invalid_redirect')
    }
  })

  const atTheClient: [string, Changes][] = [
    ['invalid_request', {code_challenge: undefined}],
    ['invalid_request', {code_challenge_method: 'plain'}],
    ['invalid_scope', {scope: 'read a b'}],
  ]
  for (const [error, changes] of atTheClient) {
    it(`redirects with ${error}, state and iss: ${Object.keys(changes).join()}`, async () => {
      const {searchParams} = await cloud.browser(ADA).authorize(nextUrl(cloud.url, changes))
      expect(Object.fromEntries(searchParams)).to.include({
        error,
        state: STATE,
        iss: `${cloud.url}/api/auth`,
      })
    })
  }

  it('rejects a request that was changed on its way through the pages', async () => {
    const browser = cloud.browser(ADA)
    const login = locationOf(await browser.fetch(nextUrl(cloud.url)))
    login.searchParams.set('redirect_uri', 'http://127.0.0.1:1/auth/callback')
    const refused = await post(browser, login, {email: ADA, password: 'demo-ada-2026'})
    expect(refused.status).to.equal(400)
    expect(await refused.text()).to.include('This sign-in is over')

    const consent = locationOf(await signInOn(browser))
    consent.searchParams.set('scope', 'read')
    expect((await post(browser, consent, {answer: 'allow'})).status).to.equal(400)
  })

  it('keeps the request while a demo account is chosen, or the password is wrong', async () => {
    const browser = cloud.browser(ADA)
    const login = locationOf(await browser.fetch(nextUrl(cloud.url)))
    login.searchParams.set('account', 'grace@example.test')
    const wrong = await post(browser, login, {email: ADA, password: 'wrong'})
    expect(wrong.status).to.equal(422)
    expect(await wrong.text()).to.include('do not belong together')
    const right = await post(browser, login, {email: ADA, password: 'demo-ada-2026'})
    expect(locationOf(right).pathname).to.equal('/consent')
  })

  it('shows the consent page to nobody who is not signed in, or has no request', async () => {
    const signedIn = cloud.browser(ADA)
    const consent = locationOf(await signInOn(signedIn))
    const stranger = await cloud.browser(ADA).fetch(consent)
    expect(locationOf(stranger).pathname).to.equal('/login')
    expect(locationOf(await signedIn.fetch('/consent')).pathname).to.equal('/')
    const headers = {origin: 'https://evil.test'}
    const body = new URLSearchParams({answer: 'allow'})
    const foreign = await signedIn.fetch(consent, {method: 'POST', body, headers})
    expect(foreign.status).to.equal(403)
  })
})

describe('the profile hosted', () => {
  it('has no consent page', async () => {
    const cloud = await startLocalCloud()
    try {
      expect((await fetch(`${cloud.url}/consent?sig=x`)).status).to.equal(404)
    } finally {
      await cloud.close()
    }
  })
})
