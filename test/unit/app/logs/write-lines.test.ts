import {expect} from 'chai'
import {PassThrough, Writable} from 'node:stream'
import {writeLines} from '../../../../src/app/logs/write-lines.js'

function* endless(): Generator<string> {
  for (;;) yield 'x'.repeat(1000)
}

describe('writeLines', () => {
  it('writes them all', async () => {
    const stream = new PassThrough()
    expect(await writeLines(stream, ['a', 'b'])).to.equal(true)
    expect(String(stream.read())).to.equal('a\nb\n')
    expect(await writeLines(stream, [])).to.equal(true)
  })

  it('stops when the reader leaves', async () => {
    const stream = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('left'), {code: 'EPIPE'}))
      },
    })
    stream.on('error', () => undefined)
    expect(await writeLines(stream, endless())).to.equal(false)
  })
})
