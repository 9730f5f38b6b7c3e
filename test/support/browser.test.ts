import {expect} from 'chai'
import {createServer} from 'node:http'
import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {openBrowser} from './browser.js'
import {beginTest, endTest} from './cleanup.js'

const PAGE = `
  <!doctype html><title>Local</title><h1>Signed in</h1>
  <img src="https://pictures.example.test/dot.png">
  <p id="redirect"></p><p id="socket"></p>
  <script>
    document.cookie = 'seen=1'
    const say = (id, text) => { document.getElementById(id).textContent = text }
    new WebSocket('wss://socket.example.test/').onclose = () => say('socket', 'closed')
    fetch('/leave').catch(() => say('redirect', 'refused'))
  </script>
`

describe('openBrowser', function () {
  this.timeout(60_000) // the first one on a machine may have to be unpacked
  let server: Server
  let address: string

  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/leave') {
        response.writeHead(302, {location: 'https://elsewhere.example.test/'}).end()
      } else response.setHeader('content-type', 'text/html').end(PAGE)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })

  after(() => {
    server.closeAllConnections()
    server.close()
  })

  it('shows a page of this machine, and reaches no other', async () => {
    const {page, foreignRequests, close} = await openBrowser()
    await page.goto(address)
    expect(await page.textContent('h1')).to.equal('Signed in')
    await page.locator('#redirect', {hasText: 'refused'}).waitFor()
    await page.locator('#socket', {hasText: 'closed'}).waitFor()
    const failure = await page.goto('http://198.51.100.7/').catch((error: unknown) => error)
    expect(String(failure)).to.contain('ERR_BLOCKED_BY_CLIENT')
    await close()
    expect(foreignRequests.sort()).to.deep.equal([
      'http://198.51.100.7/',
      'https://elsewhere.example.test/',
      'https://pictures.example.test/dot.png',
      'wss://socket.example.test/',
    ])
  })

  it('is unrelated to the browser before it, and ends with its test', async () => {
    const {context, page} = await openBrowser()
    expect(await context.cookies(address)).to.deep.equal([])
    await page.goto(address)
    expect(await context.cookies(address)).to.have.length(1)
    const closed = new Promise((resolve) => context.once('close', resolve))
    await endTest()
    beginTest()
    await closed
  })

  it('explains how to get a browser where there is none', async () => {
    process.env.CHROME_PATH = '/no/such/chromium'
    try {
      const failure = await openBrowser().catch((error: unknown) => error)
      expect(String(failure)).to.contain('apt-get install chromium').and.to.contain('/no/such')
    } finally {
      delete process.env.CHROME_PATH
    }
  })
})
