import {expect} from 'chai'
import {TITLES} from '../../src/adapters/callback-server/callback-pages.js'
import {BROWSER_FAILED, NO_BROWSER, TOO_LONG} from '../../src/app/sign-in/login-progress.js'
import {release} from 'node:os'
import {join} from 'node:path'
import {makeBarePath} from '../support/bare-path.js'
import {openBrowser} from '../support/browser.js'
import {fakeProgram} from '../support/fake-program.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'

const DONE = /^http:\/\/127\.0\.0\.1:\d+\/auth\/done\/[\w-]{22}$/

describe('mogplex login, with a browser', () => {
  const stage = setStage()

  /** A program that `BROWSER` can name, and the environment to run it. */
  async function fakeBrowser(
    then = 'exit 0',
  ): Promise<{env: Record<string, string>; seen: () => Promise<string[]>}> {
    const {PATH, seen} = await fakeProgram(stage.home, 'browser', then)
    return {env: {PATH, BROWSER: 'browser'}, seen}
  }

  it('signs in through the real page, with one click, and then confirms it there', async () => {
    const login = stage.start(['login', '--no-browser'])
    const {page, foreignRequests, close} = await openBrowser()
    await page.goto(await addressOn(login))
    await page.getByRole('button', {name: 'Sign in'}).click()
    await page.getByText('You are signed in').waitFor()
    await page.getByText('as ada@example.test').waitFor()
    await page.getByText(`Sign out at ${stage.host}`).waitFor()
    expect(page.url(), 'no code in the address bar').to.match(DONE)
    const {code, stdout} = await login.exit
    expect(code).to.equal(0)
    expect(stdout).to.match(
      /^Signed in to 127\.0\.0\.1:\d+ as ada@example\.test \(Ada Lovelace\): /,
    )
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
    await close()
    expect(foreignRequests).to.deep.equal([])
  }).timeout(60_000)

  it('accepts the answer with the cookies of a hundred other programs on 127.0.0.1', async () => {
    const login = stage.start(['login', '--no-browser'])
    const {page, context} = await openBrowser()
    const cookies = Array.from({length: 100}, (_, index) => ({
      name: `other-port-${index}`,
      value: 'x'.repeat(1000),
      domain: '127.0.0.1',
      path: '/auth',
    }))
    await context.addCookies(cookies)
    await page.goto(await addressOn(login))
    await page.getByRole('button', {name: 'Sign in'}).click()
    await page.getByText('You are signed in').waitFor()
    expect(page.url(), 'no code in the address bar').to.match(DONE)
    expect((await login.exit).code).to.equal(0)
  }).timeout(60_000)

  it('asks on the page and in the terminal to paste the address where there are too many cookies', async () => {
    const login = stage.start(['login', '--no-browser'])
    const {page, context} = await openBrowser()
    const cookies = Array.from({length: 100}, (_, index) => ({
      name: `other-port-${index}`,
      value: 'x'.repeat(2000),
      domain: '127.0.0.1',
      path: '/auth',
    }))
    await context.addCookies(cookies)
    await page.goto(await addressOn(login))
    await page.getByRole('button', {name: 'Sign in'}).click()
    await page.getByText('Copy the address of this page').waitFor()
    await login.waitFor(TOO_LONG, 'stderr')
    login.write(page.url())
    stage.secret(new URL(page.url()).searchParams.get('code') ?? '')
    expect((await login.exit).code).to.equal(0)
  }).timeout(60_000)

  it('signs in with another account by keyboard only', async () => {
    const login = stage.start(['login', '--no-browser'])
    const {page} = await openBrowser()
    await page.goto(await addressOn(login))
    const email = page.getByLabel('E-mail')
    await email.press('Control+A')
    await page.keyboard.type('grace@example.test')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('demo-grace-2026')
    await page.keyboard.press('Enter')
    await page.getByText('You are signed in').waitFor()
    expect((await login.exit).code).to.equal(0)
    expect((await stage.storedLogin()).account?.email).to.equal('grace@example.test')
  }).timeout(60_000)

  it('opens what BROWSER names, at a terminal, and shows the address too', async () => {
    const {env, seen} = await fakeBrowser()
    const terminal = stage.terminal(['login'], {env})
    const shown = await addressAt(terminal)
    const [, opened = ''] = await seen()
    expect(opened, 'others can read a command line').to.match(/^http:.*\/auth\/start\/[\w-]{22}$/)
    expect(shown).to.include('code_challenge=')
    expect(terminal.scrollback()).to.include(`Opening the browser to sign in to ${stage.host}`)
    const page = await stage.cloud.browser('ada@example.test').visit(opened)
    expect(await page.text()).to.include(TITLES.signedIn)
    expect(page.url, 'no code in the address bar').to.match(DONE)
    expect(await terminal.exit).to.deep.equal({code: 0, signal: undefined})
    expect(terminal.scrollback().replaceAll('\n', ' ')).to.include(
      'ada@example.test (Ada Lovelace): read and write, until ',
    )
  })

  it('gives the browser no credential in its environment', async () => {
    const {env, seen} = await fakeBrowser()
    const keys = {
      MOGPLEX_API_KEY: stage.secret('mog_not-for-the-browser'),
      OPENAI_API_KEY: stage.secret('sk-not-for-the-browser'),
      VERCEL_API_TOKEN: stage.secret('vercel-not-for-the-browser'),
    }
    const terminal = stage.terminal(['login'], {env: {...env, ...keys}})
    const environment = (await seen()).join('\n')
    expect(environment).to.include('HOME=')
    for (const name of Object.keys(keys)) expect(environment).not.to.include(name)
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
  })

  it('passes the address to BROWSER as one argument, where the command says so', async () => {
    const {env, seen} = await fakeBrowser()
    const BROWSER = '/no/such/browser:browser %s'
    const terminal = stage.terminal(['login'], {env: {...env, BROWSER}})
    const [, opened = ''] = await seen()
    await stage.cloud.browser('ada@example.test').visit(opened)
    expect((await terminal.exit).code).to.equal(0)
  })

  it('reports that no browser could be opened, and waits all the same', async () => {
    const {env} = await fakeBrowser('exit 3')
    const terminal = stage.terminal(['login'], {env})
    await terminal.see(BROWSER_FAILED)
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
  })

  describe('without BROWSER', () => {
    // On WSL it would be the Windows browser, whatever is in PATH.
    const isLinux = process.platform === 'linux' && !/microsoft/i.test(release())
    const onLinux = isLinux ? it : it.skip
    const why = isLinux ? '' : ' (skipped: it would open a real browser here)'

    onLinux(`asks the system, which gets no credential either${why}`, async () => {
      const bin = join(stage.home, 'bin')
      // Programs that the fake and xdg-open need, without xdg-mime and the browsers of this
      // machine.
      await makeBarePath(bin, ['env', 'grep', 'mv', 'sed', 'uname'])
      const browser = await fakeProgram(bin, 'x-www-browser')
      const MOGPLEX_API_KEY = stage.secret('mog_not-for-the-browser')
      const env = {PATH: bin, DISPLAY: ':7', MOGPLEX_API_KEY}
      const terminal = stage.terminal(['login'], {env})
      const address = await addressAt(terminal)
      const seen = await browser.seen()
      expect(seen[1]).to.include('/auth/start/')
      expect(seen.join('\n')).not.to.include(MOGPLEX_API_KEY)
      await stage.cloud.browser('ada@example.test').visit(address)
      expect((await terminal.exit).code).to.equal(0)
    })

    onLinux(`says so where the system has none${why}`, async () => {
      const env = {PATH: '/no/such/folder', DISPLAY: ':7'}
      const terminal = stage.terminal(['login'], {env})
      await terminal.see(NO_BROWSER)
      await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
      expect((await terminal.exit).code).to.equal(0)
    })
  })

  it('signs in, and ends, even where the browser does not request the page after it', async () => {
    const login = stage.start(['login', '--no-browser'])
    const back = await stage.cloud.browser('ada@example.test').authorize(await addressOn(login))
    expect((await fetch(back, {redirect: 'manual'})).status).to.equal(303)
    expect((await login.exit).code).to.equal(0)
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
  })

  it('shows the browser a page of failure when the code is invalid', async () => {
    stage.intercept(async ({url}) =>
      url.endsWith('/mcp/token')
        ? Response.json({error: 'invalid_grant', error_description: '<b>no</b>'}, {status: 401})
        : undefined,
    )
    const login = stage.start(['login', '--no-browser'])
    const page = await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    const html = await page.text()
    expect(page.status).to.equal(400)
    expect(html).to.include(TITLES.failed).and.not.to.include('<b>no</b>')
    expect((await login.exit).code).to.equal(64)
    expect(await stage.authText()).to.equal(undefined)
  })
})
