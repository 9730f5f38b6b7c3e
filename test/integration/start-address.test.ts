import {expect} from 'chai'
import {once} from 'node:events'
import {request} from 'node:http'
import type {IncomingMessage} from 'node:http'
import {connect} from 'node:net'
import {
  openStartAddress,
  type StartAddress,
  type StartAddressOptions,
  usersHere,
} from '../../src/adapters/callback-server/start-address.js'
import {LoginFailedError} from '../../src/domain/errors/authentication.js'
import {onCleanup} from '../support/cleanup.js'

const TARGET = new URL('https://mogplex.com/authorize?state=a&code_challenge=b')
const [ADA, EVE] = [1000, 1001]

describe('openStartAddress', () => {
  async function open(options: Partial<StartAddressOptions> = {}): Promise<StartAddress> {
    const start = await openStartAddress({target: TARGET, users: [ADA], ...options})
    if (start === undefined) throw new Error('Nothing listens.')
    onCleanup(start.close)
    return start
  }

  async function ask(url: URL, options: object = {}): Promise<[status: number, to?: string]> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, {agent: false, ...options}, resolve)
        .on('error', reject)
        .end()
    })
    answer.resume()
    const {statusCode = 0, headers} = answer
    return headers.location === undefined ? [statusCode] : [statusCode, headers.location]
  }

  it('contains neither the state nor the challenge, and redirects to them once', async () => {
    const {url} = await open({userOf: () => ADA})
    expect(url.href).to.match(/^http:\/\/127\.0\.0\.1:\d+\/auth\/start\/[\w-]{22}$/)
    expect(await ask(url)).to.deep.equal([303, TARGET.href])
    expect(await ask(url)).to.deep.equal([410])
  })

  it('redirects no other user, who does not use it up', async () => {
    let user = EVE
    const {url} = await open({userOf: () => user})
    expect(await ask(url)).to.deep.equal([404])
    user = ADA
    expect(await ask(url)).to.deep.equal([303, TARGET.href])
  })

  it('accepts up to 128 KB of cookies of other ports', async () => {
    const {url} = await open({userOf: () => ADA})
    const askWith = async (length: number): Promise<string> => {
      const socket = connect(Number(url.port), url.hostname)
      const lines = [
        `GET ${url.pathname} HTTP/1.1`,
        `Host: ${url.host}`,
        `Cookie: ${'x'.repeat(length)}`,
      ]
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
      const [answer] = (await once(socket.setEncoding('latin1'), 'data')) as [string]
      socket.destroy()
      return answer.slice(0, 'HTTP/1.1 000'.length)
    }
    expect(await askWith(140_000)).to.equal('HTTP/1.1 431')
    expect(await askWith(120_000)).to.equal('HTTP/1.1 303')
  })

  it('does not count a guess, other method, foreign host or prefetch as a visit', async () => {
    const {url} = await open({userOf: () => ADA})
    const misfits: [URL, object?][] = [
      [new URL('/auth/start/AAAAAAAAAAAAAAAAAAAAAA', url)],
      [new URL('/', url)],
      [url, {method: 'POST'}],
      [url, {method: 'HEAD'}],
      [url, {headers: {host: 'rebound.example.com'}}],
      [url, {headers: {'sec-purpose': 'prefetch'}}],
      [url, {headers: {'x-moz': 'prefetch'}}],
    ]
    for (const [at, options] of misfits) expect(await ask(at, options)).to.deep.equal([404])
    expect(await ask(url)).to.deep.equal([303, TARGET.href])
  })

  it('ends the sign-in at the second visit where the system does not identify users', async () => {
    const {url, reused} = await open({userOf: () => undefined})
    expect(await ask(url)).to.deep.equal([303, TARGET.href])
    expect(await ask(url)).to.deep.equal([410])
    const error: unknown = await reused.catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(LoginFailedError)
    expect(error).to.include({code: 'START_ADDRESS_REUSED', exitCode: 64})
  })

  const onLinux = process.platform === 'linux' ? it : it.skip
  const why = process.platform === 'linux' ? '' : ' (skipped: only Linux tells)'
  onLinux(`knows by itself which user asks${why}`, async () => {
    const us = process.geteuid?.() ?? -1
    expect(await ask((await open({users: [us]})).url)).to.deep.equal([303, TARGET.href])
    expect(await ask((await open({users: [us + 1]})).url)).to.deep.equal([404])
  })

  it('redirects root, and a root who came by sudo', () => {
    const us = process.geteuid?.()
    if (us === undefined) expect(usersHere('1000')).to.equal(undefined)
    else expect(usersHere('1000')).to.include.members(us === 0 ? [0, 1000] : [us, 0])
  })
})
