import {expect} from 'chai'
import {PassThrough} from 'node:stream'
import {hiddenLines} from '../../../src/terminal/hidden-lines.js'

const PASTED = 'http://127.0.0.1:24816/auth/callback?code=hunter2&state=x'

/** A writable standard input: a pipe, or a terminal with the members that a line reader uses. */
function standardInput(isTTY: boolean) {
  const rawModes: boolean[] = []
  const seen = {unrefs: 0, interrupts: 0, rawModes}
  const keyboard = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (raw: boolean) => rawModes.push(raw),
    ref: () => undefined,
    unref: () => (seen.unrefs += 1),
  })
  const terminal = {
    stdin: keyboard as unknown as NodeJS.ReadStream,
    onInterrupt: () => (seen.interrupts += 1),
  }
  return {keyboard, terminal, seen}
}

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const read: string[] = []
  for await (const line of lines) read.push(line)
  return read
}

/** The output to standard output and standard error during a call. */
async function writtenDuring(work: () => Promise<unknown>): Promise<string> {
  const streams = [process.stdout, process.stderr]
  let written = ''
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      written += String(chunk)
      return true
    }
  }
  try {
    await work()
  } finally {
    for (const stream of streams) Reflect.deleteProperty(stream, 'write')
  }
  return written
}

for (const isTTY of [false, true]) {
  describe(`hiddenLines at ${isTTY ? 'a terminal' : 'a pipe'}`, () => {
    const enter = isTTY ? '\r' : '\n'

    it('returns the lines, with any chunk boundaries, until the end', async () => {
      const {keyboard, terminal} = standardInput(isTTY)
      const lines = all(hiddenLines(terminal, new AbortController().signal))
      for (const piece of ['fir', `st${enter}`, enter, `third${enter}last`]) {
        keyboard.write(piece)
      }
      keyboard.end()
      expect(await lines).to.deep.equal(['first', '', 'third', 'last'])
    })

    it('shows nothing of the typed text', async () => {
      const {keyboard, terminal} = standardInput(isTTY)
      const written = await writtenDuring(async () => {
        const lines = all(hiddenLines(terminal, new AbortController().signal))
        keyboard.end(PASTED + enter)
        expect(await lines).to.deep.equal([PASTED])
      })
      expect(written).to.equal('')
    })

    it('ends with the signal, also while it waits, and releases standard input', async () => {
      const {keyboard, terminal, seen} = standardInput(isTTY)
      const before = keyboard.listenerCount('error')
      const over = new AbortController()
      const lines = all(hiddenLines(terminal, over.signal))
      keyboard.write(`first${enter}half a li`)
      setImmediate(() => {
        over.abort()
      })
      const [first] = await lines
      expect(first).to.equal('first')
      expect(keyboard.isPaused()).to.equal(true)
      expect(seen.unrefs).to.equal(1)
      // A closed terminal may fail later, too: once, however often it is read.
      await all(hiddenLines(terminal, AbortSignal.timeout(1)))
      expect(keyboard.listenerCount('error')).to.equal(before + (isTTY ? 1 : 0))
    })

    it('releases it at once with the signal, and not again when other code reads', async () => {
      const {keyboard, terminal, seen} = standardInput(isTTY)
      const over = new AbortController()
      const lines = all(hiddenLines(terminal, over.signal))
      await new Promise(setImmediate)
      over.abort()
      expect(keyboard.isPaused()).to.equal(true)
      keyboard.resume() // the next prompt, in the same tick
      expect(await lines).to.deep.equal([])
      expect(keyboard.isPaused()).to.equal(false)
      expect(seen.unrefs).to.equal(1)
    })

    it('reads nothing where the signal came before', async () => {
      const {keyboard, terminal} = standardInput(isTTY)
      keyboard.end(`first${enter}`)
      expect(await all(hiddenLines(terminal, AbortSignal.abort()))).to.deep.equal([])
      expect(keyboard.readableFlowing).to.equal(null)
    })

    it('treats a broken standard input as the end of the lines', async () => {
      const {keyboard, terminal} = standardInput(isTTY)
      const lines = all(hiddenLines(terminal, new AbortController().signal))
      keyboard.write(`first${enter}`)
      setImmediate(() => keyboard.destroy(new Error('EIO')))
      expect(await lines).to.deep.equal(['first'])
    })

    it('releases it when no more lines are needed', async () => {
      const {keyboard, terminal, seen} = standardInput(isTTY)
      keyboard.write(`first${enter}second${enter}`)
      for await (const line of hiddenLines(terminal, new AbortController().signal)) {
        expect(line).to.equal('first')
        break
      }
      expect(seen.unrefs).to.equal(1)
      expect(keyboard.isPaused()).to.equal(true)
    })
  })
}

describe('hiddenLines', () => {
  it('treats Ctrl+C, which a terminal in raw mode sends as a key, as an interrupt', async () => {
    const {keyboard, terminal, seen} = standardInput(true)
    const lines = all(hiddenLines(terminal, new AbortController().signal))
    keyboard.write('\u0003')
    keyboard.end()
    await lines
    expect(seen.interrupts).to.equal(1)
  })

  it('restores the terminal, and does not touch the mode of a pipe', async () => {
    for (const [isTTY, modes] of [
      [true, [true, false]],
      [false, []],
    ] as const) {
      const {keyboard, terminal, seen} = standardInput(isTTY)
      keyboard.end()
      await all(hiddenLines(terminal, new AbortController().signal))
      expect(seen.rawModes).to.deep.equal(modes)
    }
  })

  it('works with a standard input that is a file', async () => {
    const file = new PassThrough()
    file.end(`${PASTED}\n`)
    const terminal = {stdin: file as unknown as NodeJS.ReadStream, onInterrupt: () => undefined}
    expect(await all(hiddenLines(terminal, new AbortController().signal))).to.deep.equal([PASTED])
  })
})
