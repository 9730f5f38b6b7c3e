import {expect} from 'chai'
import {captureOutput} from '../../../src/terminal/capture-output.js'

function terminal() {
  const written: unknown[] = []
  const stream = {
    write(chunk: unknown): boolean {
      written.push(chunk)
      return true
    },
  } as unknown as NodeJS.WriteStream
  return {stream, written}
}

describe('captureOutput', () => {
  it('captures text and bytes, calls back, and passes everything on when nothing captures it', async () => {
    const {stream, written} = terminal()
    const taken: string[] = []
    const release = captureOutput(stream, (text) => taken.push(text))
    stream.write('one')
    await new Promise((resolve) => stream.write(Buffer.from('två'), resolve))
    await new Promise((resolve) => stream.write('three', 'utf8', resolve))
    release()
    stream.write('four')
    expect(taken).to.deep.equal(['one', 'två', 'three'])
    expect(written).to.deep.equal(['four'])
  })

  it('keeps a guard that was added before it meanwhile', () => {
    const {stream, written} = terminal()
    const release = captureOutput(stream, () => undefined)
    const write = stream.write.bind(stream)
    stream.write = (chunk: unknown) => write(String(chunk).replaceAll('secret', '[redacted]'))
    release()
    stream.write('a secret')
    expect(written).to.deep.equal(['a [redacted]'])
  })

  it('gives it to the last caller, whose capture an earlier release does not end', () => {
    const {stream} = terminal()
    const taken: string[] = []
    const first = captureOutput(stream, (text) => taken.push(`first ${text}`))
    captureOutput(stream, (text) => taken.push(`second ${text}`))
    first()
    stream.write('x')
    expect(taken).to.deep.equal(['second x'])
  })
})
