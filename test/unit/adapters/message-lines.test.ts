import {expect} from 'chai'
import {PassThrough, Readable, Writable} from 'node:stream'
import {LineWriter, type MessageLine, messageLines} from '../../../src/adapters/message-lines.js'

async function linesOf(chunks: readonly (Buffer | string)[], longest?: number): Promise<unknown[]> {
  const lines: MessageLine[] = []
  const {signal} = new AbortController()
  for await (const line of messageLines(Readable.from(chunks), signal, longest)) lines.push(line)
  return lines.map((line) => ('text' in line ? line.text : 'too long'))
}

describe('messageLines', () => {
  it('reads lines with any chunk boundaries, even within characters, and the last without an end', async () => {
    const bytes = Buffer.from('ä\nbc\r\n\n€ d')
    const one = [...bytes].map((byte) => Buffer.from([byte]))
    expect(await linesOf(one)).to.deep.equal(['ä', 'bc', '', '€ d'])
    expect(await linesOf([bytes])).to.deep.equal(['ä', 'bc', '', '€ d'])
    expect(await linesOf([])).to.deep.equal([])
  })

  it('marks a line as too long, keeps nothing of it, and continues after it', async () => {
    const chunks = ['12345', '6789', '0\nnext\n', '12345678901']
    expect(await linesOf(chunks, 9)).to.deep.equal(['too long', 'next', 'too long'])
  })

  it('ends with the signal, and with an input that breaks', async () => {
    const input = new PassThrough()
    const ending = new AbortController()
    const lines = messageLines(input, ending.signal)
    input.write('one\ntw')
    expect((await lines.next()).value).to.deep.equal({text: 'one'})
    ending.abort()
    expect((await lines.next()).value).to.deep.equal({text: 'tw'})
    expect((await lines.next()).done).to.equal(true)
    const broken = new PassThrough()
    broken.destroy(new Error('Broken.'))
    for await (const line of messageLines(broken, new AbortController().signal)) {
      expect(line).to.equal(undefined)
    }
  })
})

describe('LineWriter', () => {
  it('writes one after the other, and waits for a slow reader', async () => {
    const written: string[] = []
    const waiting: (() => void)[] = []
    const output = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        written.push(chunk.toString())
        waiting.push(done)
      },
    })
    const writer = new LineWriter(output)
    const both = [writer.write('one'), writer.write('two')]
    await new Promise(setImmediate)
    expect(written).to.deep.equal(['one\n'])
    waiting[0]?.()
    await both[0]
    await new Promise(setImmediate)
    waiting[1]?.()
    await both[1]
    expect(written).to.deep.equal(['one\n', 'two\n'])
    expect(output.listenerCount('drain')).to.equal(0)
  })

  it('writes long lines in pieces, none of which ends within a character', async () => {
    const written: string[] = []
    const output = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        written.push(chunk)
        done()
      },
    })
    const lines = ['', `x${'\u{1F600}'.repeat(200_000)}`, 'y'.repeat(2 * 128 * 1024)]
    for (const line of lines) await new LineWriter(output).write(line)
    expect(written.join('') === lines.map((line) => `${line}\n`).join('')).to.equal(true)
    expect(written.every((piece) => piece.length <= 128 * 1024 + 2)).to.equal(true)
    expect(written.every((piece) => Buffer.from(piece).toString() === piece)).to.equal(true)
  })

  it('reports that the reader is gone, and drops the rest', async () => {
    const output = new PassThrough()
    const writer = new LineWriter(output)
    let isOver = false
    writer.whenOver(() => (isOver = true))
    output.destroy(Object.assign(new Error('EPIPE'), {code: 'EPIPE'}))
    await new Promise(setImmediate)
    expect(isOver).to.equal(true)
    await writer.write('nothing')
  })
})
