import {expect} from 'chai'
import {EventEmitter} from 'node:events'
import {plainOutput} from '../../../../src/host/start/plain-output.js'

class Stream extends EventEmitter {
  readonly columns = 80
  readonly texts: string[] = []
  write(chunk: Uint8Array | string, done?: () => void): boolean {
    this.texts.push(Buffer.from(chunk as Uint8Array).toString())
    done?.()
    return false
  }
}

describe('plainOutput', () => {
  let made: Stream[]
  let written: string[]
  let most: number
  beforeEach(() => {
    made = []
    written = []
    most = Infinity
  })

  function stdout() {
    return plainOutput(
      () => {
        const stream = new Stream()
        made.push(stream)
        return stream as never
      },
      (bytes, at) => {
        const part = bytes.subarray(at, at + Math.min(most, 4))
        if (part.length === 0 || most <= 0) throw new Error('EAGAIN')
        most -= part.length
        written.push(Buffer.from(part).toString())
        return part.length
      },
    )
  }

  it('writes synchronously, in any number of parts, without a stream', async () => {
    const stream = stdout()()
    await new Promise<void>((done) => {
      expect(stream.write('signed in as Åsa\n', () => done())).to.equal(true)
    })
    stream.write(Buffer.from('fin'))
    stream.write('66', 'hex')
    expect(written.join('')).to.equal('signed in as Åsa\nfinf')
    expect(stream.isTTY).to.equal(undefined)
    expect(stream.errored).to.equal(null)
    expect(made).to.deep.equal([])
  })

  it('creates the stream for any other use, once, with existing listeners', () => {
    const get = stdout()
    const early = get()
    const heard: unknown[] = []
    expect(early.on('error', (error) => heard.push(error))).to.equal(early)
    expect(early.listenerCount('error')).to.equal(1)
    made[0]?.emit('error', 'gone')
    expect(heard).to.deep.equal(['gone'])
    expect(get()).to.equal(made[0])
    expect(early.columns).to.equal(80)
    expect(made).to.have.length(1)
  })

  it('leaves to the stream what the system does not accept', () => {
    most = 6
    const early = stdout()()
    expect(early.write('0123456789')).to.equal(false)
    expect(written.join('')).to.equal('012345')
    expect(made[0]?.texts).to.deep.equal(['6789'])
    early.write('and more')
    expect(made[0]?.texts).to.deep.equal(['6789', 'and more'])
  })

  it('lets a guard replace the method, which writes with the previous one', () => {
    const stream = stdout()()
    const before = stream.write.bind(stream)
    stream.write = (text: unknown) => before(String(text).toUpperCase())
    stream.write('secret')
    expect(written.join('')).to.equal('SECRET')
    expect(made).to.deep.equal([])
    expect(stream.columns).to.equal(undefined)
    expect(stream.listenerCount('error')).to.equal(0) // creates the stream
    stream.write('more')
    expect(made[0]?.texts).to.deep.equal(['MORE'])
    Reflect.deleteProperty(stream, 'write')
    stream.write('plain')
    expect(made[0]?.texts).to.deep.equal(['MORE', 'plain'])
  })

  it('writes as before when the guard is removed, without a stream', () => {
    const stream = stdout()()
    stream.write = () => true
    Reflect.deleteProperty(stream, 'write')
    stream.write('plain')
    expect(written.join('')).to.equal('plain')
    expect(made).to.deep.equal([])
  })
})
