import {expect} from 'chai'
import nock from 'nock'
import {once} from 'node:events'
import type {ServerResponse} from 'node:http'
import type {Socket} from 'node:net'
import {gzipSync} from 'node:zlib'
import {createHttp} from '../../src/adapters/http.js'
import {AnswerTooLargeError, UnreachableError} from '../../src/domain/errors/remote.js'
import {failureOf} from '../support/services.js'
import {startStubServer} from '../support/stub-server.js'

const MB = 1024 * 1024

describe('an endless answer', () => {
  const http = createHttp('mogplex/test')
  // nock would intercept the connections that are tested here.
  before(() => nock.restore())
  after(() => nock.activate())

  /**
   * Sends a request to a server with this answer, in both ways. @returns the error of each, and its
   * host
   */
  async function ask(answer: (response: ServerResponse) => Promise<void> | void) {
    const server = await startStubServer(answer)
    const url = new URL(`${server.url}/x`)
    const whole = http({method: 'GET', url, timeoutMs: 30_000})
    const streaming = http.stream({method: 'GET', url, silenceMs: 30_000})
    return {whole, streaming, host: url.host}
  }

  async function expectTooLarge(asked: Promise<unknown>, message: string): Promise<void> {
    const error = await failureOf(asked)
    expect(error.message).to.equal(message)
    expect(error).to.be.instanceOf(AnswerTooLargeError).and.include({exitCode: 69})
  }

  it('is ended once it exceeds the limit after decompression', async () => {
    const packed = gzipSync(Buffer.alloc(64 * MB, ' '))
    const {whole, streaming, host} = await ask((response) => {
      response.writeHead(200, {'content-encoding': 'gzip'}).end(packed)
    })
    ;(await streaming).close()
    await expectTooLarge(whole, `${host} answered with more than 8 MB.`)
  })

  it('is ended while it is still being sent', async () => {
    const sent: number[] = []
    const {whole, streaming, host} = await ask(async (response) => {
      sent.push(await pour(response.socket, 'HTTP/1.1 200 OK\r\n\r\n', ' '.repeat(64 * 1024)))
    })
    ;(await streaming).close()
    await expectTooLarge(whole, `${host} answered with more than 8 MB.`)
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    // The socket buffers of both sides add to this.
    for (const bytes of sent) expect(bytes).to.be.below(32 * MB)
  })

  it('is ended in the middle of its headers', async () => {
    const sent: number[] = []
    const {whole, streaming, host} = await ask(async ({socket}) => {
      const field = `x-more: ${'a'.repeat(1000)}\r\n`
      sent.push(await pour(socket, 'HTTP/1.1 200 OK\r\n', field))
    })
    const message = `${host} answered with more than 32 KB of headers.`
    await expectTooLarge(whole, message)
    await expectTooLarge(streaming, message)
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    for (const bytes of sent) expect(bytes).to.be.below(16 * MB)
  })

  it('is ended when it never reaches a final response', async () => {
    const sent: number[] = []
    const {whole, streaming, host} = await ask(async ({socket}) => {
      sent.push(await pour(socket, '', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)))
    })
    const message = `${host} answered with more than 32 interim answers.`
    await expectTooLarge(whole, message)
    await expectTooLarge(streaming, message)
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    for (const bytes of sent) expect(bytes).to.be.below(16 * MB)
  })

  it('is accepted after a few interim responses', async () => {
    const {whole, streaming} = await ask(({socket}) => {
      socket?.end(
        `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(8)}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`,
      )
    })
    expect(await whole).to.include({status: 200, body: 'ok'})
    const answer = await streaming
    expect(answer.status).to.equal(200)
    answer.close()
  })

  it('fails where it is shorter than announced', async () => {
    const {whole, streaming} = await ask(({socket}) => {
      socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n{}')
    })
    ;(await streaming).close()
    expect(await failureOf(whole)).to.be.instanceOf(UnreachableError)
  })
})

/** Sends the same data repeatedly, until it is no longer read. @returns how many bytes were sent */
async function pour(socket: Socket | null, beginning: string, again: string): Promise<number> {
  if (socket === null) return 0
  const gone = once(socket, 'close')
  socket.on('error', () => undefined)
  socket.write(beginning)
  while (!socket.destroyed) {
    if (!socket.write(again))
      await Promise.race([once(socket, 'drain'), gone]).catch(() => undefined)
  }
  return socket.bytesWritten
}
