import {expect} from 'chai'
import {TITLES} from '../../src/adapters/callback-server/callback-pages.js'
import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {Server as HttpServer} from 'node:http'
import {connect, createServer} from 'node:net'
import type {Server, Socket} from 'node:net'
import {setTimeout as pause} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {MAX_DONE_MS} from '../../src/adapters/callback-server/done-page.js'
import {openCallbackServer} from '../../src/adapters/callback-server.js'
import type {CallbackServer, CallbackServerOptions} from '../../src/adapters/callback-server.js'
import {judgeCallback, OTHER_STATE} from '../../src/domain/login/callback-rules.js'
import type {UnopenedPort} from '../../src/domain/login/unopened-ports.js'
import {waitUntil} from '../support/wait-until.js'

const EXPECTED = {
  state: 'the-state-of-this-login',
  issuer: 'https://mogplex.com',
  issPromised: false,
}
const OURS = `state=${EXPECTED.state}`
const GENUINE = `/auth/callback?code=abcdefgh12345678&${OURS}`

interface Answer {
  status: number
  headers: Map<string, string>
  body: string
}

interface Opened extends CallbackServer {
  hints: string[]
  refusals: string[]
}

const servers: CallbackServer[] = []
const sockets: Socket[] = []
const blockers: Server[] = []

async function open(options: Partial<CallbackServerOptions> = {}): Promise<Opened> {
  const hints: string[] = []
  const refusals: string[] = []
  const server = await openCallbackServer({
    ports: [0],
    judge: (query) => judgeCallback(query, EXPECTED),
    onHint: (text) => hints.push(text),
    onRefused: (why) => refusals.push(why),
    ...options,
  })
  if (server === undefined) throw new Error('no port was free')
  servers.push(server)
  return {...server, hints, refusals}
}

function dial(port: number, host = '127.0.0.1'): Socket {
  const socket = connect({port, host})
  socket.on('error', () => undefined) // a reset is an answer too; the data before it counts
  sockets.push(socket)
  return socket
}

/** Sends bytes, and returns everything received until the other side closes. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = dial(port)
  let received = ''
  socket.setEncoding('utf8').on('data', (text: string) => (received += text))
  socket.write(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
  return received
}

function request(port: number, target: string, lines: string[] = [], method = 'GET'): string {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: 127.0.0.1:${port}`]
  return `${[`${method} ${target} HTTP/1.1`, ...host, ...lines].join('\r\n')}\r\n\r\n`
}

async function send(port: number, target: string, lines?: string[], method?: string) {
  return parse(await exchange(port, request(port, target, lines, method)))
}

/** Like {@link send}, then requests the page that it redirects to, as a browser does. */
async function visit(port: number, target: string, lines?: string[]): Promise<Answer> {
  const {status, headers} = await send(port, target, lines)
  expect(status).to.equal(303)
  return send(port, headers.get('location') ?? '')
}

function parse(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]),
    headers: new Map(headers),
    body: rest.join('\r\n\r\n'),
  }
}

/** The genuine callback still arrives, and its browser gets the page. */
async function expectGenuine(server: Opened): Promise<void> {
  const browser = visit(server.port, GENUINE)
  const {judgement, respond} = await server.answer
  expect(judgement.kind).to.equal('code')
  respond({ok: true})
  const {status, body} = await browser
  expect(status).to.equal(200)
  expect(body).to.contain(TITLES.signedIn)
}

/** A reset is an end, too. */
async function closeOf(socket: Socket): Promise<void> {
  await new Promise((resolve) => socket.once('close', resolve))
}

/** Everything sent before was processed: a later request is answered. */
async function settled({port}: CallbackServer): Promise<void> {
  expect((await send(port, '/')).status).to.equal(404)
}

async function connectionError(port: number, host: string): Promise<unknown> {
  const socket = dial(port, host)
  const connected = once(socket, 'connect').then(() => 'connected')
  return Promise.race([connected, pause(30_000, 'no answer', {ref: false})]).catch(
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
}

async function block(): Promise<number> {
  const blocker = createServer()
  blockers.push(blocker)
  blocker.listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const address = blocker.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const blocker of blockers.splice(0)) blocker.close()
})

describe('openCallbackServer', () => {
  describe('listening', () => {
    it('has a redirect URI with 127.0.0.1 and the port', async () => {
      const {port, redirectUri} = await open()
      expect(redirectUri).to.equal(`http://127.0.0.1:${port}/auth/callback`)
    })

    it('listens on 127.0.0.1, and on no other loopback address', async () => {
      const {port} = await open()
      expect(await connectionError(port, '127.0.0.1')).to.equal('connected')
      expect(await connectionError(port, '127.0.0.2')).to.not.equal('connected')
      expect(await connectionError(port, '::1')).to.not.equal('connected')
    })

    it('uses the next port when the first is in use', async () => {
      const taken = await block()
      const {port} = await open({ports: [taken, 0]})
      expect(port).to.be.above(0).and.to.not.equal(taken)
    })

    for (const code of ['EACCES', 'EADDRNOTAVAIL', 'EPERM', 'EMFILE']) {
      it(`uses the next port when the first is refused with ${code}`, async () => {
        // Which ports are forbidden depends on the machine and the user: one is simulated.
        HttpServer.prototype.listen = function refuse(this: HttpServer) {
          permit()
          process.nextTick(() => this.emit('error', Object.assign(new Error(), {code})))
          return this
        }
        const permit = (): boolean => Reflect.deleteProperty(HttpServer.prototype, 'listen')
        const unopened: UnopenedPort[] = []
        try {
          const {port} = await open({
            ports: [80, 0],
            onUnopened: (refused) => unopened.push(refused),
          })
          expect(port).to.be.above(0).and.to.not.equal(80)
          expect(unopened).to.deep.equal([{port: 80, code}])
        } finally {
          permit()
        }
      })
    }

    it('is undefined when every port is in use', async () => {
      const ports = [await block(), await block()]
      const options = {ports, judge: () => ({kind: 'refused', why: ''}) as const}
      const server = await openCallbackServer({...options, onHint: () => undefined})
      expect(server).to.equal(undefined)
    })

    it('names every port that it could not open', async () => {
      const taken = [await block(), await block()]
      const unopened: UnopenedPort[] = []
      await open({ports: [...taken, 0], onUnopened: (refused) => unopened.push(refused)})
      expect(unopened).to.deep.equal(taken.map((port) => ({port, code: 'EADDRINUSE'})))
    })
  })

  describe('the genuine callback', () => {
    it('gets its page only after the login has a result', async () => {
      const server = await open()
      const socket = dial(server.port)
      let received = ''
      socket.setEncoding('utf8').on('data', (text: string) => (received += text))
      socket.write(request(server.port, GENUINE))
      const {judgement, respond} = await server.answer
      await settled(server)
      expect(received).to.equal('')
      expect(judgement.kind === 'code' && judgement.code.reveal()).to.equal('abcdefgh12345678')
      respond({ok: true})
      respond({ok: false, code: 'LOCAL_FILE'}) // a second result is ignored
      await once(socket, 'close')
      expect(received, 'nothing of the callback').to.not.match(/abcdefgh12345678|the-state/)
      const {status, headers} = parse(received)
      expect(status).to.equal(303)
      const page = await send(server.port, headers.get('location') ?? '')
      const {body} = page
      expect(page.status).to.equal(200)
      expect(body).to.contain(TITLES.signedIn).and.to.contain('you can close this tab')
      expect(body).to.not.contain('abcdefgh12345678').and.to.not.contain(EXPECTED.state)
    })

    it('gets a page that says why in our own words, when the login fails after it', async () => {
      const sentences = {
        UNEXPECTED_ACCOUNT: 'Another account signed in than the one that was expected.',
        LOCAL_FILE: 'The login could not be stored.',
      }
      for (const [code, sentence] of Object.entries(sentences)) {
        const server = await open()
        const browser = visit(server.port, GENUINE)
        const {respond} = await server.answer
        respond({ok: false, code})
        const {status, body} = await browser
        expect(status).to.equal(400)
        expect(body).to.contain(TITLES.failed).and.to.contain(sentence)
      }
    })

    it('may be an error, whose text its page does not repeat', async () => {
      const server = await open()
      const text = encodeURIComponent('<img src=x onerror=alert(1)>\u001B]0;owned\u0007')
      const target = `/auth/callback?error=access_denied&error_description=${text}&${OURS}`
      const browser = visit(server.port, target)
      const {judgement, respond} = await server.answer
      if (judgement.kind !== 'denied') throw new Error(judgement.kind)
      expect(judgement.description).to.equal('<img src=x onerror=alert(1)> ]0;owned')
      for (const code of [judgement.description, 'constructor', '<b>']) respond({ok: false, code})
      const {body} = await browser
      expect(body)
        .to.contain('The terminal says why')
        .and.to.not.match(/src=x|owned|onerror/)
    })

    it('is accepted once: the second gets 409 and changes nothing', async () => {
      const server = await open()
      const browser = visit(server.port, GENUINE)
      const {judgement, respond} = await server.answer
      for (const target of [GENUINE, `/auth/callback?error=access_denied&${OURS}`]) {
        expect((await send(server.port, target)).status).to.equal(409)
      }
      expect((await server.answer).judgement).to.equal(judgement)
      respond({ok: true})
      expect((await browser).status).to.equal(200)
      expect((await send(server.port, GENUINE)).status).to.equal(409)
    })

    it('passes with 120 KB of cookies from other ports', async () => {
      const server = await open()
      const cookies = Array.from({length: 60}, (_, index) => `c${index}=${'x'.repeat(2000)}`)
      const browser = visit(server.port, GENUINE, [`Cookie: ${cookies.join('; ')}`])
      const {respond} = await server.answer
      respond({ok: true})
      expect((await browser).status).to.equal(200)
    })

    it('passes with a code of 8 KB', async () => {
      const server = await open()
      const code = 'x'.repeat(8192)
      void send(server.port, `/auth/callback?code=${code}&${OURS}`)
      const {judgement} = await server.answer
      expect(judgement.kind === 'code' && judgement.code.reveal()).to.equal(code)
    })

    it('may lose its browser without harm', async () => {
      const server = await open()
      const socket = dial(server.port)
      socket.write(request(server.port, GENUINE))
      const {respond} = await server.answer
      socket.destroy()
      await settled(server)
      respond({ok: true})
      await server.close()
    })
  })

  describe('the page after the redirect', () => {
    /** A login whose browser was redirected: the address of the page. */
    async function led(): Promise<{server: Opened; target: string; callback: Answer}> {
      const server = await open()
      const browser = send(server.port, GENUINE)
      const {respond} = await server.answer
      respond({ok: true})
      const callback = await browser
      return {server, callback, target: callback.headers.get('location') ?? ''}
    }

    async function untilFree(port: number): Promise<void> {
      while ((await connectionError(port, '127.0.0.1')) !== 'ECONNREFUSED') await pause(20)
    }

    it('has an unguessable address, a new one each time', async () => {
      const {target, callback} = await led()
      expect(target).to.match(/^\/auth\/done\/[\w-]{22}$/)
      expect((await led()).target).to.not.equal(target)
      expect(callback.body).to.equal('')
      expect(callback.headers.get('cache-control')).to.equal('no-store')
      expect(callback.headers.get('referrer-policy')).to.equal('no-referrer')
    })

    it('is answered once', async () => {
      const {server, target} = await led()
      expect((await send(server.port, target)).status).to.equal(200)
      expect((await send(server.port, target)).status).to.equal(404)
    })

    it('is answered only under our Host, only for a visit, and still waits after anything else', async () => {
      const {server, target} = await led()
      const {port} = server
      expect((await send(port, target, ['Host: evil.test'])).status).to.equal(400)
      expect((await send(port, target, ['Sec-Purpose: prefetch'])).status).to.equal(400)
      expect((await send(port, target, [], 'POST')).status).to.equal(405)
      expect((await send(port, `${target}x`)).status).to.equal(404)
      expect((await send(port, GENUINE)).status).to.equal(409)
      expect((await send(port, target)).status).to.equal(200)
    })

    it('does not exist before', async () => {
      const server = await open()
      expect((await send(server.port, '/auth/done/')).status).to.equal(404)
      expect((await send(server.port, '/auth/done/undefined')).status).to.equal(404)
    })

    it('is still answered when the server is closed, which then frees the port', async () => {
      const {server, target} = await led()
      await server.close()
      expect((await send(server.port, target)).status).to.equal(200)
      await untilFree(server.port)
    })

    it('does not hold the port forever, and is not waited for', async () => {
      const {server} = await led()
      await server.close()
      expect(await connectionError(server.port, '127.0.0.1'), 'it waits').to.equal('connected')
      await untilFree(server.port)
    })

    it('is gone after two seconds, even while the server is open', async () => {
      const {server, target} = await led()
      await pause(MAX_DONE_MS + 100)
      expect((await send(server.port, target)).status).to.equal(404)
    })

    it('frees the port at once where the browser has disconnected', async () => {
      const server = await open()
      const socket = dial(server.port)
      socket.write(request(server.port, GENUINE))
      const {respond} = await server.answer
      socket.destroy()
      await settled(server)
      respond({ok: true})
      await server.close()
      expect(await connectionError(server.port, '127.0.0.1')).to.equal('ECONNREFUSED')
    })
  })

  describe('the connection of the genuine callback', () => {
    it('may be followed by garbage without harm', async () => {
      const server = await open()
      const browser = exchange(server.port, `${request(server.port, GENUINE)}garbage\r\n\r\n`)
      const {respond} = await server.answer
      respond({ok: true})
      expect(await browser).to.match(/^HTTP\/1\.1 /)
      await server.close()
    })

    it('may send garbage while it waits without harm', async () => {
      const server = await open()
      const socket = dial(server.port)
      socket.write(request(server.port, GENUINE))
      const {respond} = await server.answer
      socket.write('garbage\r\n\r\n')
      await settled(server)
      respond({ok: true})
      await server.close()
    })
  })

  describe('an invalid callback', () => {
    const targets = {
      '/favicon.ico': 404,
      '/': 404,
      '/auth/callback/?code=1': 404,
      '/AUTH/callback?code=1': 404,
      '/auth%2Fcallback?code=1': 404,
      '/x/../auth/callback?code=1': 404,
      '//127.0.0.1/auth/callback?code=1': 404,
      'http://evil.test/auth/callback?code=1': 400,
      '*': 400,
    }
    for (const [target, status] of Object.entries(targets)) {
      it(`gets ${status} for ${target}, and the genuine one still succeeds`, async () => {
        const server = await open()
        const method = target === '*' ? 'OPTIONS' : 'GET'
        expect((await send(server.port, target, [], method)).status).to.equal(status)
        await expectGenuine(server)
      })
    }

    it('cannot be the genuine query under another path or in absolute form', async () => {
      const server = await open()
      for (const before of ['http://127.0.0.1', `http://127.0.0.1:${server.port}`, '//x', '/x']) {
        const {status} = await send(server.port, `${before}${GENUINE}`)
        expect(status).to.be.oneOf([400, 404])
      }
      await expectGenuine(server)
    })

    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      it(`gets 405 for ${method} with the full query, and the genuine one still succeeds`, async () => {
        const server = await open()
        const {status, headers, body} = await send(server.port, GENUINE, [], method)
        expect(status).to.equal(405)
        expect(headers.get('allow')).to.equal('GET')
        if (method === 'HEAD') expect(body).to.equal('')
        await expectGenuine(server)
      })
    }

    it('gets no permission from a preflight', async () => {
      const server = await open()
      const lines = [
        'Origin: https://evil.test',
        'Access-Control-Request-Method: GET',
        'Access-Control-Request-Private-Network: true',
      ]
      const {status, headers} = await send(server.port, GENUINE, lines, 'OPTIONS')
      expect(status).to.equal(405)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).to.be.empty
      await expectGenuine(server)
    })

    it('gets 400 for any Host but 127.0.0.1 and the port', async () => {
      const server = await open()
      const {port} = server
      const wrong = [
        `localhost:${port}`,
        `127.0.0.1:${port + 1}`,
        '127.0.0.1',
        `evil.test:${port}`,
        `127.0.0.1:${port}.evil.test`,
        `127.0.0.2:${port}`,
        `[::1]:${port}`,
        '',
      ]
      for (const host of wrong) {
        expect((await send(port, GENUINE, [`Host: ${host}`])).status, host).to.equal(400)
      }
      const twice = [`Host: 127.0.0.1:${port}`, 'Host: evil.test']
      expect((await send(port, GENUINE, twice)).status).to.equal(400)
      const none = await exchange(port, `GET ${GENUINE} HTTP/1.1\r\n\r\n`)
      expect(parse(none).status).to.equal(400)
      await expectGenuine(server)
    })

    for (const line of ['Sec-Purpose: prefetch', 'Purpose: prefetch', 'X-Moz: prefetch']) {
      it(`gets 400 for a browser's prefetch, ${line}`, async () => {
        const server = await open()
        expect((await send(server.port, GENUINE, [line])).status).to.equal(400)
        await expectGenuine(server)
      })
    }

    it('gets 400 when it has a body, which is not read', async () => {
      const server = await open()
      const bodies = [['Content-Length: 100000000'], ['Transfer-Encoding: chunked']]
      for (const lines of bodies) {
        expect((await send(server.port, GENUINE, lines)).status).to.equal(400)
      }
      await expectGenuine(server)
    })

    it('gets its answer before a slow body ends', async () => {
      const server = await open()
      const {status} = await send(server.port, GENUINE, ['Content-Length: 1000'], 'POST')
      expect(status, 'not 408').to.equal(405)
      await expectGenuine(server)
    })

    it('gets 431 for a header or a query of 1 MB, reported once in the terminal', async () => {
      let told = 0
      const server = await open({onTooLong: () => (told += 1)})
      const long = 'x'.repeat(1024 * 1024)
      expect((await send(server.port, GENUINE, [`Cookie: ${long}`])).status).to.equal(431)
      expect((await send(server.port, `${GENUINE}&more=${long}`)).status).to.equal(431)
      const {status, body} = await send(server.port, `${GENUINE}&more=${'x'.repeat(20_000)}`)
      expect(status, '20 KB of address').to.equal(431)
      expect(body).to.contain('Copy the address of this page')
      expect(told).to.equal(1)
      await expectGenuine(server)
    })

    it('gets 400 when it is not HTTP', async () => {
      const server = await open()
      const garbage = [
        '\u0016\u0003\u0001\u0002\u0000\u0001',
        'hello\r\n\r\n',
        'GET  HTTP/9\r\n\r\n',
      ]
      for (const bytes of garbage) {
        expect(parse(await exchange(server.port, bytes)).status, bytes).to.equal(400)
      }
      await expectGenuine(server)
    })

    it('cannot open a tunnel or another protocol', async () => {
      const server = await open()
      const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
      expect((await send(server.port, '/', upgrade)).status).to.equal(404)
      expect(await exchange(server.port, request(server.port, 'x:1', [], 'CONNECT'))).to.equal('')
      await expectGenuine(server)
    })
  })

  describe('callbacks for other requests', () => {
    it('are refused with a wrong state, and the genuine one still succeeds', async () => {
      const server = await open()
      const {status, body} = await send(server.port, '/auth/callback?code=marked-code&state=mine')
      expect(status).to.equal(400)
      expect(body).to.contain(OTHER_STATE)
      expect(body).to.not.contain('marked-code')
      expect(server.refusals).to.deep.equal([OTHER_STATE])
      await expectGenuine(server)
    })

    it('are refused with duplicate parameters', async () => {
      const server = await open()
      for (const more of ['code=2', OURS, 'x=1&x=2']) {
        expect((await send(server.port, `${GENUINE}&${more}`)).status).to.equal(400)
      }
      await expectGenuine(server)
    })

    it('are a hint when they are errors without state, and do not end the login', async () => {
      const server = await open()
      const text = encodeURIComponent('<b>pkce</b> is\u001B[2J required')
      const target = `/auth/callback?error=invalid_request&error_description=${text}`
      const {status, body} = await send(server.port, target)
      expect(status).to.equal(400)
      expect(body).to.not.contain('pkce').and.to.not.contain('invalid_request')
      expect(server.hints).to.deep.equal(['invalid_request: <b>pkce</b> is [2J required'])
      await expectGenuine(server)
    })

    it('show each hint once, and no more than five', async () => {
      const server = await open()
      for (let turn = 0; turn < 20; turn += 1) {
        await send(server.port, `/auth/callback?error=error_${turn >> 1}`)
      }
      expect(server.hints).to.deep.equal([0, 1, 2, 3, 4].map((number) => `error_${number}`))
    })

    it('show no hint after the genuine one', async () => {
      const server = await open()
      void send(server.port, GENUINE)
      await server.answer
      expect((await send(server.port, '/auth/callback?error=late')).status).to.equal(400)
      expect(server.hints).to.be.empty
    })

    it('may come 300 times before the genuine one', async () => {
      const server = await open()
      const kinds = ['code=1&state=x', 'error=e', 'a=1&a=2', '']
      for (let turn = 0; turn < 75; turn += 1) {
        const answers = kinds.map((query) => send(server.port, `/auth/callback?${query}`))
        for (const {status} of await Promise.all(answers)) expect(status).to.equal(400)
      }
      await expectGenuine(server)
    })

    it('leave nothing behind in memory', async () => {
      setFlagsFromString('--expose-gc')
      const collect = runInNewContext('gc') as () => void
      const server = await open({onRefused: () => undefined})
      const flood = async (): Promise<number> => {
        for (let turn = 0; turn < 100; turn += 1) {
          const query = `code=${'x'.repeat(4000)}&state=${turn}&error=${turn}`
          const answers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(() =>
            send(server.port, `/auth/callback?${query}`),
          )
          await Promise.all(answers)
          for (const socket of sockets.splice(0)) socket.destroy()
        }
        collect()
        return process.memoryUsage().heapUsed
      }
      const warm = await flood()
      expect((await flood()) - warm).to.be.below(2_000_000) // the queries alone are 4,000,000
    }).timeout(120_000)
  })

  describe('connections', () => {
    it('that are silent do not block the genuine one', async () => {
      const server = await open()
      const idle = Array.from({length: 20}, () => dial(server.port))
      await Promise.all(idle.map((socket) => once(socket, 'connect')))
      await expectGenuine(server)
    })

    it('in large numbers close the oldest, not the genuine one', async () => {
      const server = await open()
      const browser = visit(server.port, GENUINE)
      const {respond} = await server.answer
      const crowd = Array.from({length: 300}, () => dial(server.port))
      await Promise.all(crowd.map((socket) => once(socket, 'connect')))
      const alive = (): number => crowd.filter((socket) => !socket.destroyed).length
      await waitUntil({
        look: () => (alive() < 130 ? true : undefined),
        over: () => false,
        timeoutMs: 30_000,
        describe: () => `end of all but 130: ${alive()} are open`,
      })
      expect((await send(server.port, '/')).status).to.equal(404)
      respond({ok: true})
      expect((await browser).status).to.equal(200)
    })

    it('with large requests close the oldest of them, not the genuine one', async () => {
      const server = await open()
      const large = `X: ${'x'.repeat(20_000)}`
      const browser = visit(server.port, GENUINE, [large])
      const {respond} = await server.answer
      const crowd = Array.from({length: 30}, () => dial(server.port))
      const begun = request(server.port, '/', [large]).trimEnd()
      for (const socket of crowd) socket.write(begun)
      const alive = (): number => crowd.filter((socket) => !socket.destroyed).length
      await waitUntil({
        look: () => (alive() <= 8 ? true : undefined),
        over: () => false,
        timeoutMs: 4000,
        describe: () => `end of all but 8: ${alive()} are open`,
      })
      respond({ok: true})
      expect((await browser).status).to.equal(200)
    })

    it('that are silent or slow end in time, while the one that waits stays open', async () => {
      const server = await open({maxRequestMs: 200})
      const idle = exchange(server.port, '')
      const slow = exchange(server.port, 'GET /auth/call')
      const browser = visit(server.port, GENUINE)
      const {respond} = await server.answer
      expect(await idle).to.equal('')
      expect(parse(await slow).status).to.equal(408)
      respond({ok: true})
      expect((await browser).status).to.equal(200)
    }).timeout(60_000)

    it('that stay open after garbage are closed', async () => {
      const server = await open()
      const socket = connect({port: server.port, host: '127.0.0.1', allowHalfOpen: true})
      sockets.push(socket)
      const closed = closeOf(socket)
      socket.on('error', () => undefined).resume()
      socket.write('garbage\r\n\r\n')
      // Once it is closed, one more request is answered by a reset, which only the next one sees.
      const more = setInterval(() => socket.write('more'), 50)
      await closed.finally(() => clearInterval(more))
    }).timeout(60_000)

    it('close after each answer', async () => {
      const server = await open()
      const twice = request(server.port, '/one') + request(server.port, '/two')
      const received = await exchange(server.port, twice)
      expect(received.match(/HTTP\/1\.1 404/g)).to.have.length(1)
      expect(parse(received).headers.get('connection')).to.equal('close')
    })
  })

  describe('close', () => {
    it('frees the port at once, whatever is connected', async () => {
      const {port, close} = await open()
      const idle = dial(port)
      const slow = dial(port)
      slow.write('GET /auth/call')
      const garbage = dial(port)
      garbage.write('garbage\r\n\r\n')
      await Promise.all([once(idle, 'connect'), once(slow, 'connect'), once(garbage, 'connect')])
      let told = ''
      slow.setEncoding('utf8').on('data', (text: string) => (told += text))
      const ended = closeOf(slow)
      await close()
      await ended
      expect(told, 'it was not waited for').to.equal('')
      expect(await connectionError(port, '127.0.0.1')).to.equal('ECONNREFUSED')
      expect((await open({ports: [port]})).port).to.equal(port)
    })

    it('can be called repeatedly', async () => {
      const {close} = await open()
      const first = close()
      expect(close()).to.equal(first)
      await first
      await close()
    })

    it('delivers the page that was just sent', async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const server = await open()
        const browser = visit(server.port, GENUINE)
        const {respond} = await server.answer
        respond({ok: true})
        await server.close()
        const {status, headers, body} = await browser
        expect(status).to.equal(200)
        expect(Buffer.byteLength(body)).to.equal(Number(headers.get('content-length')))
      }
    })

    it('tells a waiting browser that the sign-in was stopped', async () => {
      const server = await open()
      const browser = send(server.port, GENUINE)
      const {respond} = await server.answer
      await server.close()
      respond({ok: true})
      const {status, body} = await browser
      expect(status).to.equal(503)
      expect(body).to.contain(TITLES.stopped)
    })

    it('leaves nothing that keeps the process alive', async () => {
      const module = new URL('../../src/adapters/callback-server.ts', import.meta.url).href
      const script = `
        const {openCallbackServer} = await import(${JSON.stringify(module)})
        const judge = () => ({kind: 'refused', why: 'No.'})
        const server = await openCallbackServer({ports: [0], judge, onHint() {}})
        await fetch(server.redirectUri)
        const {connect} = await import('node:net')
        connect(server.port, '127.0.0.1', () => server.close()).on('error', () => {})
      `
      const options = {cwd: fileURLToPath(new URL('../..', import.meta.url)), timeout: 60_000}
      const args = ['--import', 'tsx', '--input-type=module', '--eval', script]
      const {stdout, stderr} = await promisify(execFile)(process.execPath, args, options)
      expect(stdout + stderr).to.equal('')
    }).timeout(70_000)
  })
})

describe('the pages', () => {
  async function pages(): Promise<Map<string, Answer>> {
    const server = await open()
    const {port} = server
    const found = new Map([
      ['not found', await send(port, '/favicon.ico')],
      ['wrong method', await send(port, GENUINE, [], 'POST')],
      ['wrong Host', await send(port, GENUINE, ['Host: evil.test'])],
      ['no Host', parse(await exchange(port, 'GET / HTTP/1.1\r\n\r\n'))],
      ['refused', await send(port, '/auth/callback?code=1')],
      ['hint', await send(port, '/auth/callback?error=1')],
      ['too long', await send(port, `${GENUINE}${'x'.repeat(20_000)}`)],
      ['no HTTP', parse(await exchange(port, 'garbage\r\n\r\n'))],
    ])
    const browser = visit(port, GENUINE)
    const {respond} = await server.answer
    found.set('second', await send(port, GENUINE))
    respond({ok: true})
    found.set('signed in', await browser)
    for (const end of ['failed', 'stopped']) {
      const another = await open()
      const waiting = end === 'failed' ? visit(another.port, GENUINE) : send(another.port, GENUINE)
      const answer = await another.answer
      if (end === 'failed') answer.respond({ok: false, code: undefined})
      await another.close()
      found.set(end, await waiting)
    }
    return found
  }

  it('all carry the same strict headers', async () => {
    for (const [name, {headers, body}] of await pages()) {
      const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(headers.get('content-security-policy'), name).to.equal(
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      )
      expect(headers.get('cache-control'), name).to.equal('no-store')
      expect(headers.get('referrer-policy'), name).to.equal('no-referrer')
      expect(headers.get('x-content-type-options'), name).to.equal('nosniff')
      expect(headers.get('content-type'), name).to.equal('text/html; charset=utf-8')
      expect(headers.get('connection'), name).to.equal('close')
      expect(headers.get('content-length'), name).to.equal(String(Buffer.byteLength(body)))
    }
  })

  it('all have a language and a title, and no scripts or external resources', async () => {
    for (const [name, {body}] of await pages()) {
      expect(body, name).to.match(/^<!doctype html>\n<html lang="en">/)
      expect(body, name).to.match(/<title>[^<]+ · mogplex<\/title>/)
      expect(body, name).to.contain('width=device-width')
      expect(body, name).to.not.match(
        /<script|<link|<img|<iframe|<form|url\(|@import| on\w+=|href=/i,
      )
      expect(body, name).to.not.match(/ style=/)
    }
  })

  it('all quote nothing of the request', async () => {
    const server = await open()
    const marked = 'marked-by-the-test'
    const answers = [
      await send(server.port, `/${marked}`),
      await send(server.port, `/auth/callback?code=${marked}&state=${marked}`),
      await send(server.port, `/auth/callback?error=${marked}&error_description=${marked}`),
      await send(server.port, GENUINE, [`Host: ${marked}`, `Referer: ${marked}`]),
      parse(await exchange(server.port, `${marked}\r\n\r\n`)),
    ]
    for (const {status, headers, body} of answers) {
      expect(status).to.be.within(400, 404)
      expect(body + [...headers.values()].join()).to.not.contain(marked)
    }
  })
})
