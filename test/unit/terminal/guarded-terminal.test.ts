import {expect} from 'chai'
import {withGuardedTerminal} from '../../../src/terminal/guarded-terminal.js'

const SIGNALS = ['SIGTERM', 'SIGHUP'] as const

/** A terminal that a picker has put into raw mode, without its cursor. */
function terminalOf(env: Record<string, string> = {}) {
  const seen = {isRaw: true, written: ''}
  const stdin = {
    isTTY: true,
    get isRaw() {
      return seen.isRaw
    },
    setRawMode(raw: boolean) {
      seen.isRaw = raw
    },
  }
  const stderr = {isTTY: true, write: (text: string) => (seen.written += text)}
  const terminal = {
    env,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
  }
  return {terminal, seen}
}

function listeners(): number[] {
  return [...SIGNALS, 'exit'].map((name) => process.listenerCount(name))
}

describe('withGuardedTerminal', () => {
  // Somebody else who listens: otherwise a signal would end the tests.
  const heard: string[] = []
  const listen = (signal: NodeJS.Signals): void => {
    heard.push(signal)
  }
  beforeEach(() => {
    heard.length = 0
    for (const name of SIGNALS) process.on(name, listen)
  })
  afterEach(() => {
    for (const name of SIGNALS) process.off(name, listen)
  })

  for (const name of SIGNALS) {
    it(`gives the terminal back on ${name}, which takes effect when the work is over`, async () => {
      const {terminal, seen} = terminalOf()
      await withGuardedTerminal(terminal, async () => {
        process.emit(name, name)
        expect(seen).to.deep.equal({isRaw: false, written: '\x1b[?25h'})
        expect(heard).to.deep.equal([name])
        return Promise.resolve()
      })
      while (heard.length < 2) await new Promise(setImmediate)
      expect(heard).to.deep.equal([name, name])
    })
  }

  it('gives what the work gives, throws what it throws, and listens no longer', async () => {
    const {terminal, seen} = terminalOf()
    const before = listeners()
    expect(await withGuardedTerminal(terminal, async () => Promise.resolve('done'))).to.equal(
      'done',
    )
    const trouble = new Error('on purpose')
    const failing = withGuardedTerminal(terminal, async () => Promise.reject(trouble))
    expect(await failing.catch((error: unknown) => error)).to.equal(trouble)
    expect(seen).to.deep.equal({isRaw: true, written: ''})
    expect(listeners()).to.deep.equal(before)
  })

  it('writes no escape sequence to a terminal that knows none', async () => {
    const {terminal, seen} = terminalOf({TERM: 'dumb'})
    await withGuardedTerminal(terminal, async () => {
      process.emit('SIGHUP', 'SIGHUP')
      return Promise.resolve()
    })
    while (heard.length < 2) await new Promise(setImmediate)
    expect(seen).to.deep.equal({isRaw: false, written: ''})
  })
})
