import {readFileSync} from 'node:fs'
import {connect, type Socket} from 'node:net'
import {isFree} from '../free-ports.js'
import {addressOn} from '../sign-in-stage.js'
import type {Lab} from './lab.js'
import {type Tally, tally} from './tally.js'

const AT_ONCE = 40
const MANY = 'x'.repeat(1024 * 1024)
const ESCAPES = encodeURIComponent('\u001B[2J\u001B]0;owned\u0007<img src=x onerror=alert(1)>')

/** What a stranger may send to the port, in bytes. */
function attacks(host: string): readonly string[] {
  const to = (target: string, lines: readonly string[] = [], method = 'GET'): string =>
    `${[`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...lines].join('\r\n')}\r\n\r\n`
  const full = '/auth/callback?code=stolen-code-0000&state=guessed-state'
  return [
    to(full),
    to(`/auth/callback?error=access_denied&state=guessed&error_description=${ESCAPES}`),
    to(`/auth/callback?error=server_error&error_description=${ESCAPES}`),
    to('/auth/callback'),
    to(`${full}&state=other`),
    to('/favicon.ico'),
    to('/'),
    to(full, ['Content-Type: application/json', 'Content-Length: 9'], 'POST'),
    to(full, [], 'OPTIONS'),
    to(full, [], 'HEAD'),
    to(full).replace(host, 'rebound.example'),
    to(full, ['Transfer-Encoding: chunked']),
    to(full, ['Content-Length: 1000000']),
    to(full, ['Connection: Upgrade', 'Upgrade: websocket']),
    'GET  HTTP/9\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001',
  ]
}

/** Used rarely: they have a megabyte. */
function heavy(host: string): readonly string[] {
  return [
    `GET /auth/callback?code=${MANY} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET /auth/callback HTTP/1.1\r\nHost: ${host}\r\nCookie: ${MANY}\r\n\r\n`,
  ]
}

/**
 * Attacks the callback server of a running login, while others hold connections half open, and then
 * sends the genuine callback. An attack is lost when it is answered with a success; the whole, when
 * the login does not succeed after it, or its port is not free then.
 */
export async function badCallbacks(lab: Lab, size: {callbacks: number}): Promise<Tally> {
  const result = tally('bad callbacks sent to a login')
  const login = lab.start(['login', '--no-browser'])
  const address = await addressOn(login)
  const redirectUri = new URL(new URL(address).searchParams.get('redirect_uri') ?? '')
  const port = Number(redirectUri.port)
  const light = attacks(redirectUri.host)
  const weighty = heavy(redirectUri.host)
  const idle = Array.from({length: 30}, (_, index) => holdOpen(port, index))
  const memory: number[] = []
  let sent = 0
  const attack = async (): Promise<void> => {
    while (sent < size.callbacks) {
      const number = sent++
      const isHeavy = number % 100 === 99
      const kinds = isHeavy ? weighty : light
      const answer = await exchange(port, kinds[number % kinds.length] ?? '')
      result.count(!/^HTTP\/1\.1 [123]/.test(answer), answer.slice(0, 200))
      if (number % Math.ceil(size.callbacks / 10) === 0) memory.push(residentMb(login.pid))
    }
  }
  await Promise.all(Array.from({length: AT_ONCE}, attack))
  memory.push(residentMb(login.pid))
  const page = await lab.server.browser().visit(address)
  const {code, stdout, stderr} = await login.exit
  const isQuiet = !/[\u001B\u0007]/.test(stdout + stderr)
  const freed = await isFree(port)
  for (const socket of idle) socket.destroy()
  result.note('MB of memory early on', memory[1] ?? 0)
  result.note('MB of memory at most', Math.max(...memory))
  const isWell = page.status === 200 && code === 0 && freed && isQuiet
  result.count(isWell, `${page.status}, ${String(code)}, ${String(freed)}: ${stderr}`)
  return result
}

/** Connections that send nothing, end in the middle, or never end their body. */
function holdOpen(port: number, index: number): Socket {
  const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true})
  socket.on('error', () => undefined)
  if (index % 3 === 1) socket.write('GET /auth/call')
  if (index % 3 === 2) {
    socket.write('POST /auth/callback HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow')
  }
  if (index % 2 === 0) socket.end()
  return socket
}

async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect({port, host: '127.0.0.1'})
  let received = ''
  socket.setEncoding('latin1').on('data', (text: string) => (received += text))
  socket.on('error', () => undefined) // a reset is an answer too
  socket.write(bytes)
  await new Promise((resolve) => socket.once('close', resolve))
  return received
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
}
