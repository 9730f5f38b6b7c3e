import {expect} from 'chai'
import {PassThrough} from 'node:stream'
import {readKeyText} from '../../../../src/app/sign-in/key-input.js'
import {LoginFailedError} from '../../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'

const KEY = 'sk-proj-hunter2'
const CANCELLED = new CancelledError('The sign-in was interrupted.', 'Run it again.')

interface Changes {
  readonly timeoutSeconds?: number
  readonly signal?: AbortSignal
}

/** A writable standard input: a pipe, or a terminal with the members that a key reader uses. */
function standardInput(isTTY: boolean) {
  const rawModes: boolean[] = []
  const interrupt = new AbortController()
  const asked: boolean[][] = [] // each time: the modes until then
  const keyboard = Object.assign(new PassThrough(), {
    isTTY,
    ref: () => undefined,
    unref: () => undefined,
    setRawMode: (raw: boolean) => rawModes.push(raw),
  })
  const read = async (changes: Changes = {}) =>
    readKeyText({
      stdin: keyboard as unknown as NodeJS.ReadStream,
      ask: () => {
        asked.push([...rawModes])
      },
      onInterrupt: () => {
        interrupt.abort(CANCELLED)
      },
      signal: interrupt.signal,
      timeoutSeconds: 60,
      ...changes,
    })
  return {keyboard, read, rawModes, interrupt, asked}
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error('It was read.'),
    (error: unknown) => error,
  )
}

describe('readKeyText at a pipe', () => {
  it('returns everything until the end, unchanged, and asks nothing', async () => {
    for (const text of ['', '\n', KEY, `${KEY}\n`, `${KEY}\r\n`, `\ufeff ${KEY}\n\n`]) {
      const {keyboard, read, asked} = standardInput(false)
      keyboard.end(text)
      expect(await read()).to.equal(text)
      expect(asked).to.deep.equal([])
    }
  })

  it('joins chunks, even of a letter that is split in two', async () => {
    const {keyboard, read} = standardInput(false)
    const text = read()
    const [first, second] = Buffer.from('\u00e4')
    for (const piece of ['sk-', 'proj', Buffer.of(first ?? 0), Buffer.of(second ?? 0), '\nx']) {
      keyboard.write(piece)
      await new Promise(setImmediate)
    }
    keyboard.end()
    expect(await text).to.equal('sk-proj\u00e4\nx')
  })

  it('reads UTF-16 with a byte order mark', async () => {
    const little = Buffer.from(`\ufeff${KEY}\r\n`, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const {keyboard, read} = standardInput(false)
      const text = read()
      keyboard.write(bytes.subarray(0, 1))
      await new Promise(setImmediate)
      keyboard.end(bytes.subarray(1))
      expect(await text).to.equal(`\ufeff${KEY}\r\n`)
    }
  })

  it('does not read a text that is too long for a key to its end', async () => {
    const {keyboard, read} = standardInput(false)
    keyboard.write('x'.repeat(65_536))
    keyboard.write('y')
    keyboard.write('z'.repeat(65_536))
    const text = await read() // its end never comes
    expect(text.length).to.be.greaterThan(65_536)
    expect(keyboard.destroyed).to.equal(true)
  })

  it('treats a broken standard input as empty', async () => {
    const {keyboard, read} = standardInput(false)
    const text = read()
    setImmediate(() => keyboard.destroy(new Error('EIO')))
    expect(await text).to.equal('')
  })
})

describe('readKeyText at a terminal', () => {
  it('returns the first line, without waiting for another one, and restores the terminal', async () => {
    const {keyboard, read, rawModes} = standardInput(true)
    keyboard.write(`${KEY}\r`)
    expect(await read()).to.equal(KEY)
    expect(rawModes.at(-1)).to.equal(false)
    expect(keyboard.isPaused()).to.equal(true)
  })

  it('asks once the echo is off: an immediate paste would be visible', async () => {
    const {keyboard, read, asked} = standardInput(true)
    keyboard.write(`${KEY}\r`)
    await read()
    expect(asked).to.deep.equal([[true]])
  })

  it('corrects a typo', async () => {
    const {keyboard, read} = standardInput(true)
    for (const key of ['sk-projx', '\x7f', '-hunter2', '\r']) keyboard.write(key)
    expect(await read()).to.equal(KEY)
  })

  for (const [what, pasted] of [
    ['both ended', `${KEY}\rsecond\r`],
    ['the last one open', `${KEY}\rsecond`],
  ] as const) {
    it(`returns two lines that were pasted at once, ${what}`, async () => {
      const {keyboard, read} = standardInput(true)
      keyboard.write(pasted)
      expect(await read()).to.equal(`${KEY}\nsecond`)
    })
  }

  it('is empty after Enter alone', async () => {
    const {keyboard, read} = standardInput(true)
    keyboard.write('\r')
    expect(await read()).to.equal('')
  })

  for (const [name, key] of [
    ['Ctrl+C', '\x03'],
    ['Ctrl+D', '\x04'],
    ['Escape', '\x1b'],
  ] as const) {
    it(`ends with the reason of the interrupt on ${name}, also in the middle of a key`, async () => {
      const {keyboard, read, rawModes} = standardInput(true)
      const text = errorOf(read())
      keyboard.write('sk-proj-hun')
      keyboard.write(key)
      expect(await text).to.equal(CANCELLED)
      expect(rawModes.at(-1)).to.equal(false)
    })
  }
})

for (const isTTY of [false, true]) {
  describe(`readKeyText at a ${isTTY ? 'terminal' : 'pipe'} that never ends`, () => {
    it('gives up in time: exit 64, without repeating the input', async () => {
      const {keyboard, read} = standardInput(isTTY)
      keyboard.write(KEY)
      const error = await errorOf(read({timeoutSeconds: 0.05}))
      expect(error).to.be.instanceOf(LoginFailedError)
      const {code, exitCode, message, remedy} = error as LoginFailedError
      expect({code, exitCode}).to.deep.equal({code: 'LOGIN_TIMED_OUT', exitCode: 64})
      expect(message).to.equal('No key was entered within 0.05 s.')
      expect(message + remedy).not.to.include('hunter2')
    })

    it('ends with the reason of the signal, while it waits and before', async () => {
      for (const before of [true, false]) {
        const {keyboard, read, interrupt} = standardInput(isTTY)
        keyboard.write(KEY)
        const abort = () => {
          interrupt.abort(CANCELLED)
        }
        if (before) abort()
        else setImmediate(abort)
        expect(await errorOf(read())).to.equal(CANCELLED)
      }
    })
  })
}
