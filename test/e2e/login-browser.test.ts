import {expect} from 'chai'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {openBrowser} from '../support/browser.js'
import {fakeProgram} from '../support/fake-program.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'
import {waitUntil} from '../support/wait-until.js'

describe('mogplex login, with a browser', () => {
  const stage = setStage()

  /** A program that `BROWSER` can name: it notes the address and its environment, and ends. */
  async function fakeBrowser(
    exitCode = 0,
  ): Promise<{command: string; seen: () => Promise<string>}> {
    const command = join(stage.home, 'fake-browser')
    const note = join(stage.home, 'seen-by-the-browser')
    const script = `#!/bin/sh\n{ echo "$1"; env; } > "${note}.part" && mv "${note}.part" "${note}"\nexit ${exitCode}\n`
    await writeFile(command, script)
    await chmod(command, 0o700)
    return {command, seen: () => readFile(note, 'utf8').catch(() => '')}
  }

  it('signs in through the real page, with one click, and then says so there', async () => {
    const login = stage.start(['login', '--no-browser'])
    const {page, foreignRequests, close} = await openBrowser()
    await page.goto(await addressOn(login))
    await page.getByRole('button', {name: 'Sign in'}).click()
    await page.getByText('You are signed in').waitFor()
    expect(page.url()).to.match(
      new RegExp(`^http://127\\.0\\.0\\.1:${stage.ports[0]}/auth/callback`),
    )
    const {code, stdout} = await login.exit
    expect(code).to.equal(0)
    expect(stdout).to.match(
      /^Signed in to 127\.0\.0\.1:\d+ as ada@example\.test \(Ada Lovelace\): /,
    )
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
    await close()
    expect(foreignRequests).to.deep.equal([])
  }).timeout(60_000)

  it('signs in as somebody else by keyboard alone', async () => {
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
    const {command, seen} = await fakeBrowser()
    const terminal = stage.terminal(['login'], {env: {BROWSER: command}})
    const shown = await addressAt(terminal)
    const [opened = ''] = (await whenThere(seen)).split('\n')
    expect(opened).to.equal(shown)
    expect(terminal.scrollback()).to.include(`Opening the browser to sign in to ${stage.host}`)
    const page = await stage.cloud.browser('ada@example.test').visit(opened)
    expect(await page.text()).to.include('You are signed in.')
    expect(await terminal.exit).to.deep.equal({code: 0, signal: undefined})
    expect(terminal.scrollback().replaceAll('\n', ' ')).to.include(
      'ada@example.test (Ada Lovelace): read and write, until ',
    )
  })

  it('gives the browser no credential in its environment', async () => {
    const {command, seen} = await fakeBrowser()
    const keys = {
      MOGPLEX_API_KEY: stage.secret('mog_not-for-the-browser'),
      OPENAI_API_KEY: stage.secret('sk-not-for-the-browser'),
      VERCEL_API_TOKEN: stage.secret('vercel-not-for-the-browser'),
    }
    const terminal = stage.terminal(['login'], {env: {BROWSER: command, ...keys}})
    const environment = await whenThere(seen)
    expect(environment).to.include('HOME=')
    for (const name of Object.keys(keys)) expect(environment).not.to.include(name)
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
  })

  it('hands the address to BROWSER as one argument, where the command says so', async () => {
    const {command, seen} = await fakeBrowser()
    const terminal = stage.terminal(['login'], {env: {BROWSER: `/no/such/browser:${command} %s`}})
    const [opened = ''] = (await whenThere(seen)).split('\n')
    await stage.cloud.browser('ada@example.test').visit(opened)
    expect((await terminal.exit).code).to.equal(0)
  })

  it('says that no browser could be opened, and waits all the same', async () => {
    const {command} = await fakeBrowser(3)
    const terminal = stage.terminal(['login'], {env: {BROWSER: command}})
    await terminal.see('No browser could be opened here: open the address above yourself.')
    await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    expect((await terminal.exit).code).to.equal(0)
  })

  describe('without BROWSER', () => {
    const onLinux = process.platform === 'linux' ? it : it.skip
    const why = process.platform === 'linux' ? '' : ' (skipped: it would open a real browser here)'

    onLinux(`asks the system, which gets no credential either${why}`, async () => {
      const bin = join(stage.home, 'bin')
      await mkdir(bin)
      const browser = await fakeProgram(bin, 'x-www-browser')
      const MOGPLEX_API_KEY = stage.secret('mog_not-for-the-browser')
      const env = {PATH: `${bin}:/usr/bin:/bin`, DISPLAY: ':7', MOGPLEX_API_KEY}
      const terminal = stage.terminal(['login'], {env})
      const address = await addressAt(terminal)
      const seen = await browser.seen()
      expect(seen).to.include(address)
      expect(seen.join('\n')).not.to.include(MOGPLEX_API_KEY)
      await stage.cloud.browser('ada@example.test').visit(address)
      expect((await terminal.exit).code).to.equal(0)
    })

    onLinux(`says so where the system has none${why}`, async () => {
      const env = {PATH: '/no/such/folder', DISPLAY: ':7'}
      const terminal = stage.terminal(['login'], {env})
      await terminal.see('No browser could be opened here: open the address above yourself.')
      await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
      expect((await terminal.exit).code).to.equal(0)
    })
  })

  it('shows the browser a page of failure when the code is not worth anything', async () => {
    stage.intercept(async ({url}) =>
      url.endsWith('/mcp/token')
        ? Response.json({error: 'invalid_grant', error_description: '<b>no</b>'}, {status: 401})
        : undefined,
    )
    const login = stage.start(['login', '--no-browser'])
    const page = await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    const html = await page.text()
    expect(page.status).to.equal(400)
    expect(html).to.include('The sign-in failed.').and.not.to.include('<b>no</b>')
    expect((await login.exit).code).to.equal(64)
    expect(await stage.authText()).to.equal(undefined)
  })

  async function whenThere(read: () => Promise<string>): Promise<string> {
    let text = ''
    const reading = setInterval(() => void read().then((found) => (text = found)), 20)
    try {
      return await waitUntil({
        look: () => (text === '' ? undefined : text),
        over: () => false,
        timeoutMs: 10_000,
        describe: () => 'browser that was opened.',
      })
    } finally {
      clearInterval(reading)
    }
  }
})
