import {expect} from 'chai'
import {startLocalCloud, type Browser, type LocalCloud} from '../src/index.js'
import {ask} from './support/ask.js'
import {authorizationUrl} from './support/authorization-request.js'

const PAGE = '/settings/api-keys'
const REVOKE = `${PAGE}/revoke`
const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const DAY_MS = 24 * 60 * 60 * 1000

describe('/settings/api-keys', () => {
  let cloud: LocalCloud
  let browser: Browser
  beforeEach(async () => {
    cloud = await startLocalCloud()
    browser = await signedIn(ADA)
  })
  afterEach(() => cloud.close())

  const signedIn = async (email: string): Promise<Browser> => {
    const opened = cloud.browser(email)
    await opened.authorize(authorizationUrl(cloud.url))
    return opened
  }
  const post = (path: string, fields: string[][], headers: Record<string, string> = {}) =>
    browser.fetch(path, {method: 'POST', body: new URLSearchParams(fields), headers})
  const create = (...more: string[][]) =>
    post(PAGE, [['name', 'Laptop'], ['scope', 'read'], ['scope', 'write'], ...more])
  const locationOf = (response: Response): string => response.headers.get('location') ?? ''
  const show = async (path = PAGE): Promise<string> => (await browser.fetch(path)).text()
  const keyIn = (page: string): string | undefined => /mog_[A-Za-z0-9]{24}/.exec(page)?.[0]
  const idIn = (page: string): string => /name="id" value="([^"]*)"/.exec(page)?.[1] ?? ''
  const statusOf = async (key: string): Promise<number> =>
    (await ask(`${cloud.url}/api/v1/mogplex/models`, key)).status

  it('asks users who are not signed in to do so, and leads back', async () => {
    const stranger = cloud.browser(ADA)
    const response = await stranger.fetch(PAGE)
    expect(response.status).to.equal(307)
    expect(locationOf(response)).to.equal('/login?next=%2Fsettings%2Fapi-keys')
    const body = new URLSearchParams({email: ADA, password: 'demo-ada-2026'})
    const signIn = await stranger.fetch(locationOf(response), {method: 'POST', body})
    expect(locationOf(signIn)).to.equal(PAGE)
    for (const path of [PAGE, REVOKE]) {
      const form = await cloud.browser(ADA).fetch(path, {method: 'POST', body})
      expect([form.status, locationOf(form)]).to.deep.equal([303, locationOf(response)])
    }
  })

  it('creates a key, shows it once, and says how to use it', async () => {
    const created = await create()
    expect(created.status).to.equal(303)
    const page = await show(locationOf(created))
    const key = keyIn(page) ?? ''
    expect(page).to.match(/<textarea[^>]*readonly[^>]*>\s*mog_/)
    expect(page).to.include('mogplex login --with-api-key')
    expect(page).to.include('<title>Key created')
    expect(cloud.secrets()).to.include(key)
    expect(await statusOf(key)).to.equal(200)

    const again = await show(locationOf(created))
    expect(keyIn(again)).to.equal(undefined)
    expect(again).to.include(`<code>${key.slice(0, 12)}</code>`)
  })

  it('shows a new key to nobody else', async () => {
    const created = locationOf(await create())
    const other = await signedIn(GRACE)
    expect(keyIn(await (await other.fetch(created)).text())).to.equal(undefined)
    await browser.fetch(created, {method: 'HEAD'})
    expect(keyIn(await show(created))).to.be.a('string')
  })

  it('lists the keys of the account with name, scopes and dates', async () => {
    expect(await show()).to.include('There are none yet.')
    const expiresAt = new Date('2031-02-03T04:05:06Z')
    await cloud.createKey(ADA, {name: 'Build <server>', scopes: ['read'], expiresAt})
    await cloud.createKey(ADA, {name: 'Old', expiresAt: new Date('2020-01-01')})
    await cloud.createKey(GRACE, {name: 'Hers'})
    const page = await show()
    expect(page).to.include('<h3>Build &lt;server&gt;</h3>').and.include('<dd>read</dd>')
    expect(page).to.include(
      '<time datetime="2031-02-03T04:05:06.000Z">2031-02-03, 04:05 UTC</time>',
    )
    expect(page).to.include(new Date().toISOString().slice(0, 10))
    expect(page).to.include('<dt>Expired</dt>')
    expect(page).to.not.include('Hers')
  })

  it('revokes a key, and names it', async () => {
    const key = keyIn(await show(locationOf(await create()))) ?? ''
    const revoked = await post(REVOKE, [['id', idIn(await show())]])
    expect(revoked.status).to.equal(303)
    const page = await show(locationOf(revoked))
    expect(page).to.match(/role="status"[^>]*>\s*Revoked: <strong>Laptop<\/strong>/)
    expect(page).to.include('There are none yet.')
    expect(await statusOf(key)).to.equal(401)
  })

  it('does not revoke a key of another account', async () => {
    const key = await cloud.createKey(GRACE)
    const id = idIn(await (await (await signedIn(GRACE)).fetch(PAGE)).text())
    expect(id).to.not.equal('')
    expect(locationOf(await post(REVOKE, [['id', id]]))).to.equal(PAGE)
    expect(await statusOf(key)).to.equal(200)
  })

  it('gives a key the selected scopes', async () => {
    const created = await post(PAGE, [
      ['name', 'Writer'],
      ['scope', 'write'],
      ['scope', 'admin'],
    ])
    const page = await show(locationOf(created))
    expect(page).to.include('<dd>write</dd>')
    expect(await statusOf(keyIn(page) ?? '')).to.equal(403)
  })

  it('expires a key after its lifetime', async () => {
    await create(['lifetime', '30'])
    const [, expiry = ''] = /Expires<\/dt>\s*<dd><time datetime="([^"]*)"/.exec(await show()) ?? []
    expect(Date.parse(expiry) - Date.now()).to.be.within(29.9 * DAY_MS, 30 * DAY_MS)
  })

  for (const [what, fields, field] of [
    ['without a name', [['scope', 'read']], 'id="name"'],
    [
      'with a name that is too long',
      [
        ['name', 'x'.repeat(61)],
        ['scope', 'read'],
      ],
      'id="name"',
    ],
    ['without a scope', [['name', 'Laptop']], 'name="scope"'],
  ] as const) {
    it(`refuses a key ${what}, with an alert and the focus on the field to correct`, async () => {
      const response = await post(
        PAGE,
        fields.map((pair) => [...pair]),
      )
      expect(response.status).to.equal(422)
      const page = await response.text()
      expect(page).to.match(/role="alert" aria-live="assertive">\s*<p>\w/)
      expect(page).to.include('<title>Problem: API keys')
      const [tag = ''] = /<input[^>]*autofocus[^>]*>/.exec(page) ?? []
      expect(tag).to.include(field).and.include('aria-describedby="problem"')
      expect(await show()).to.include('There are none yet.')
    })
  }

  it('refuses forms of other sites', async () => {
    const key = await cloud.createKey(ADA)
    const id = idIn(await show())
    for (const headers of [{origin: 'https://evil.test'}, {'sec-fetch-site': 'cross-site'}]) {
      expect((await post(PAGE, [['name', 'Theirs']], headers)).status).to.equal(403)
      expect((await post(REVOKE, [['id', id]], headers)).status).to.equal(403)
    }
    expect(await statusOf(key)).to.equal(200)
    expect(await show()).to.not.include('Theirs')
  })

  it('labels every field, and names each button after its key', async () => {
    const start = (await cloud.createKey(ADA, {name: 'Laptop'})).slice(0, 12)
    const page = await show(locationOf(await create()))
    for (const id of ['key', 'name', 'lifetime']) {
      expect(page).to.include(`<label for="${id}">`).and.include(`id="${id}"`)
    }
    expect(page).to.match(/<fieldset>\s*<legend>Scopes/)
    expect(page.match(/<label class="check">/g)).to.have.length(2)
    expect(page).to.include(`Revoke<span class="unseen"> Laptop, ${start}</span>`)
    expect(page.match(/autofocus/g)).to.have.length(1)
    expect(page.match(/<h1>/g)).to.have.length(1)
  })

  it('loads nothing from elsewhere, runs no scripts, and is not cached', async () => {
    const response = await browser.fetch(PAGE)
    const policy = response.headers.get('content-security-policy')
    expect(policy).to.include("default-src 'none'").and.include("form-action 'self';")
    expect(policy).to.not.match(/script-src|unsafe/)
    expect(response.headers.get('cache-control')).to.equal('no-store')
    expect(await response.text()).to.not.match(/<script|<style|\sstyle=|\son\w+=/)
  })
})
