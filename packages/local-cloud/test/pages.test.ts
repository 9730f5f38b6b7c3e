import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {authorizationUrl} from './support/authorization-request.js'

describe('the pages', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud()))
  after(() => cloud.close())

  const textOf = async (path: string): Promise<string> => (await fetch(cloud.url + path)).text()
  const submit = (path: string, password: string, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams({email: 'ada@example.test', password})
    return fetch(cloud.url + path, {method: 'POST', body, headers, redirect: 'manual'})
  }
  const inputs = (page: string): string[] => [...page.matchAll(/<input[^>]*>/g)].map(([tag]) => tag)
  const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

  for (const path of ['/', '/login', '/nothing']) {
    it(`declare their language and title, and have one main heading: ${path}`, async () => {
      const text = await textOf(path)
      expect(text).to.match(/^<!doctype html>\s*<html lang="en">/)
      expect(text).to.match(/<title>\S[^<]* · Mogplex local cloud<\/title>/)
      expect(text.match(/<h1>/g)).to.have.length(1)
      expect(text.match(/<main/g)).to.have.length(1)
    })

    it(`load nothing from elsewhere, and run no scripts: ${path}`, async () => {
      const response = await fetch(cloud.url + path)
      const policy = response.headers.get('content-security-policy')
      expect(policy).to.include("default-src 'none'").and.include("frame-ancestors 'none'")
      expect(policy).to.not.match(/script-src|unsafe/)
      const text = await response.text()
      expect(text).to.not.match(/<script|<style|\sstyle=|\son\w+=/)
      expect(text).to.not.match(/(src|href)="(https?:)?\/\//)
    })
  }

  it('answer 404 for an unknown path', async () => {
    const response = await fetch(`${cloud.url}/nothing`)
    expect(response.status).to.equal(404)
    expect(await response.text()).to.include('Nothing here')
  })

  for (const path of ['/settings/models', '/settings/billing']) {
    it(`show which account may call models, at the CLI's address for that: ${path}`, async () => {
      const {status, headers} = await fetch(cloud.url + path, {redirect: 'manual'})
      expect(status).to.equal(303)
      expect(headers.get('location')).to.equal('/#accounts')
      const text = await textOf(path)
      expect(text).to.include('id="accounts"').and.include('no model access')
    })
  }

  describe('/login', () => {
    it('labels every input and fills in a demo account', async () => {
      const page = await textOf('/login')
      const tags = inputs(page)
      expect(tags).to.have.length(2)
      for (const tag of tags) expect(page).to.include(`<label for="${attribute(tag, 'id')}">`)
      const values = tags.map((tag) => attribute(tag, 'value'))
      expect(values).to.deep.equal(['ada@example.test', 'demo-ada-2026'])
      expect(page.match(/autofocus/g)).to.have.length(1)
    })

    it('has a link for each account that fills the form and keeps the request', async () => {
      const query = authorizationUrl(cloud.url).split('?')[1] ?? ''
      const link = /href="(\/login\?[^"]*account=grace[^"]*)"/.exec(await textOf(`/login?${query}`))
      const page = await textOf((link?.[1] ?? '').replaceAll('&amp;', '&'))
      const values = inputs(page).map((tag) => attribute(tag, 'value'))
      expect(values).to.deep.equal(['grace@example.test', 'demo-grace-2026'])
      expect(page).to.include(`action="/login?${query.replaceAll('&', '&amp;')}"`)
      expect(page).to.include('to continue to <strong>Mogplex CLI</strong>')
    })

    it('lets its form end at the redirect URIs of the client', async () => {
      const policy = (await fetch(`${cloud.url}/login`)).headers.get('content-security-policy')
      expect(policy).to.match(/form-action 'self' [^;]*http:\/\/127\.0\.0\.1:24816/)
    })

    it('announces that the password is wrong, and keeps the e-mail address', async () => {
      const response = await submit('/login', 'wrong')
      expect(response.status).to.equal(422)
      const page = await response.text()
      expect(page).to.match(/role="alert" aria-live="assertive">\s*<p>This e-mail address/)
      const [email = '', password = ''] = inputs(page)
      expect(attribute(email, 'value')).to.equal('ada@example.test')
      expect(attribute(password, 'value')).to.equal('')
      expect(attribute(password, 'aria-describedby')).to.equal('problem')
      expect(page).to.include('<title>Problem: Sign in')
    })

    it('escapes values that it shows again', async () => {
      const body = new URLSearchParams({email: '"><b>x', password: 'x'})
      const url = `${cloud.url}/login?client_id="><b>&state="><b>`
      const page = await (await fetch(url, {method: 'POST', body})).text()
      expect(page).to.not.include('<b>')
      expect(page).to.include('value="&quot;&gt;&lt;b&gt;x"')
    })

    it('leads to the home page, or to a path of this site', async () => {
      const places = {
        '/login': '/',
        '/login?next=%2Flogin%3Fa%3D1': '/login?a=1',
        '/login?next=https%3A%2F%2Fevil.test%2F': '/',
        '/login?next=%2F%2Fevil.test': '/',
        '/login?next=%2F%5Cevil.test': '/',
        '/login?next=%2F%09%2Fevil.test': '/',
        '/login?next=%2F.%2F%2Fevil.test': '/',
        '/login?next=evil.test': '/',
      }
      for (const [path, place] of Object.entries(places)) {
        const response = await submit(path, 'demo-ada-2026')
        expect(response.status).to.equal(303)
        expect(response.headers.get('location'), path).to.equal(place)
      }
    })

    it('refuses a form of another site', async () => {
      for (const headers of [{origin: 'https://evil.test'}, {'sec-fetch-site': 'cross-site'}]) {
        const response = await submit('/login', 'demo-ada-2026', headers)
        expect(response.status).to.equal(403)
        expect(response.headers.getSetCookie()).to.deep.equal([])
      }
    })
  })

  describe('/', () => {
    it('shows what to type', async () => {
      const page = await textOf('/')
      expect(page).to.include(`export MOGPLEX_URL=${cloud.url} MOGPLEX_DEV=1`)
      for (const command of ['login', 'models', 'mcp']) {
        expect(page).to.include(`<code>mogplex ${command}</code>`)
      }
      expect(page).to.include('<a href="/settings/api-keys">')
      for (const {email, password} of cloud.accounts) {
        expect(page).to.include(email).and.include(password)
      }
    })

    it('shows who is signed in in this browser, and signs out', async () => {
      const browser = cloud.browser('grace@example.test')
      const home = async () => (await browser.fetch('/')).text()
      expect(await home()).to.include('Nobody is signed in')
      await browser.authorize(authorizationUrl(cloud.url))
      expect(await home())
        .to.include('<strong>Grace Hopper</strong>')
        .and.include('/settings/api-keys')
      expect((await browser.fetch('/login')).headers.get('location')).to.equal('/')
      const signOut = await browser.fetch('/logout', {method: 'POST'})
      expect(signOut.status).to.equal(303)
      expect(await home()).to.include('Nobody is signed in')
    })
  })
})
