import {expect} from 'chai'
import {PassThrough} from 'node:stream'
import {chunksOf} from '../../../../src/adapters/http/chunks.js'

const LONG_MS = 60_000

/** All received chunks, and the error at the end. */
async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<{text: string; error: unknown}> {
  let text = ''
  try {
    for await (const chunk of chunks) text += Buffer.from(chunk).toString()
  } catch (error) {
    return {text, error}
  }
  return {text, error: undefined}
}

describe('chunksOf', () => {
  it('yields all bytes, in order, and ends with the stream', async () => {
    const stream = new PassThrough()
    const all = readAll(chunksOf(stream, LONG_MS))
    for (let number = 0; number < 200; number += 1) stream.write(`${number} `)
    stream.end('end')
    const numbers = Array.from({length: 200}, (_, number) => `${number} `).join('')
    expect(await all).to.deep.equal({text: `${numbers}end`, error: undefined})
  })

  it('yields the data before a failure, and then fails with it', async () => {
    const stream = new PassThrough()
    const chunks = chunksOf(stream, LONG_MS)
    stream.write('half')
    await new Promise(setImmediate)
    const failure = new Error('It broke.')
    stream.destroy(failure)
    expect(await readAll(chunks)).to.deep.equal({text: 'half', error: failure})
  })

  it('fails where the stream closes without an end', async () => {
    const stream = new PassThrough()
    const all = readAll(chunksOf(stream, LONG_MS))
    stream.destroy()
    expect((await all).error).to.have.property('code', 'ECONNRESET')
  })

  it('fails after a silence', async () => {
    const {text, error} = await readAll(chunksOf(new PassThrough(), 5))
    expect(text).to.equal('')
    expect(error).to.have.property('code', 'ETIMEDOUT')
  })

  it('destroys the stream when the loop is left', async () => {
    const stream = new PassThrough()
    stream.write('one')
    for await (const chunk of chunksOf(stream, LONG_MS)) {
      expect(Buffer.from(chunk).toString()).to.equal('one')
      break
    }
    expect(stream.destroyed).to.equal(true)
  })

  it('makes the server wait for a slow reader, and continues with it', async () => {
    const stream = new PassThrough()
    const chunks = chunksOf(stream, LONG_MS)
    expect(stream.isPaused()).to.equal(false)
    for (let number = 0; number < 63; number += 1) stream.emit('data', Buffer.from('x'))
    expect(stream.isPaused()).to.equal(false)
    stream.emit('data', Buffer.from('x'))
    expect(stream.isPaused()).to.equal(true)
    for (let number = 0; number < 64; number += 1) await chunks.next()
    expect(stream.isPaused()).to.equal(false)
    await chunks.return()
  })
})
