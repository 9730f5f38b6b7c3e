import {expect} from 'chai'
import {once} from 'node:events'
import {PassThrough} from 'node:stream'
import {guardStream} from '../../../src/adapters/guarded-stream.js'
import {KnownSecrets} from '../../../src/domain/redaction/known-secrets.js'
import {RedactionStream} from '../../../src/domain/redaction/redaction-stream.js'
import {Redactor} from '../../../src/domain/redaction/redactor.js'

const SECRET = 'hunter2hunter2–漢'

function guarded(isShown?: (text: string) => boolean) {
  const stream = new PassThrough()
  const known = new KnownSecrets()
  known.know(SECRET)
  const release = guardStream(
    stream as unknown as NodeJS.WriteStream,
    new RedactionStream(new Redactor(known)),
    isShown,
  )
  const soon = async (): Promise<void> =>
    new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  return {stream, release, soon, text: () => String(stream.read() ?? '')}
}

describe('guardStream', () => {
  it('finds a secret that is cut into writes, of text and of bytes', async () => {
    const {stream, soon, text} = guarded()
    const bytes = Buffer.from(`a ${SECRET} b\n`)
    for (let at = 0; at < bytes.length; at += 3) stream.write(bytes.subarray(at, at + 3))
    for (const character of `c ${SECRET} d\n`) stream.write(character)
    await soon()
    expect(text()).to.equal('a [redacted] b\nc [redacted] d\n')
  })

  it('takes text in other encodings for what it means', async () => {
    const {stream, soon, text} = guarded()
    stream.write(Buffer.from(`${SECRET}\n`).toString('base64'), 'base64')
    stream.write(Buffer.from('plain\n').toString('hex'), 'hex')
    await soon()
    expect(text()).to.equal('[redacted]\nplain\n')
  })

  it('calls back, whether something was written or held back', async () => {
    const {stream} = guarded()
    await new Promise((resolve) => stream.write('short', resolve))
    await new Promise((resolve) => stream.write(Buffer.from('short'), resolve))
    await new Promise((resolve) => stream.write('short', 'utf8', resolve))
  })

  it('lets a write through that is to be seen, after what came before', async () => {
    const address = `http://a.test/?state=${SECRET}\n`
    const {stream, soon, text} = guarded((written) => written === address)
    stream.write('open ')
    stream.write(address)
    stream.write(`not ${address}`)
    await soon()
    expect(text()).to.equal(`open ${address}not http://a.test/?state=[redacted]\n`)
  })

  it('writes the rest when it is taken away, and nothing is changed any more', async () => {
    const {stream, release, text} = guarded()
    stream.write(`a ${SECRET}`)
    release()
    stream.write(` b ${SECRET}`)
    stream.end()
    await once(stream, 'readable')
    expect(text()).to.equal(`a [redacted] b ${SECRET}`)
  })
})
