import {expect} from 'chai'
import {PassThrough} from 'node:stream'
import {RawTerminal} from '../../../src/terminal/raw-terminal.js'
import {pretendPlatform} from '../../support/pretend-platform.js'

/**
 * A terminal with the members that a key reader uses, and a shell that passes it to us and takes it
 * back.
 */
function terminalOf({isOurs}: {isOurs: boolean}) {
  const modes: boolean[] = []
  const seen: string[] = []
  const shell = {isOurs}
  const keyboard = Object.assign(new PassThrough(), {
    isTTY: true,
    isRaw: false,
    ref: () => undefined,
    unref: () => undefined,
    setRawMode(mode: boolean) {
      if (!shell.isOurs)
        throw new Error('The kernel stops a process that does this in the background.')
      keyboard.isRaw = mode
      modes.push(mode)
    },
  })
  const raw = new RawTerminal(
    {
      stdin: keyboard as unknown as NodeJS.ReadStream,
      isInForeground: () => shell.isOurs,
    },
    {
      onKeys: (events) =>
        void seen.push(...events.map((event) => (event.type === 'key' ? event.key : event.text))),
      onEnd: () => void seen.push('end'),
      onContinue: () => void seen.push('continue'),
    },
  )
  const give = async (isOurs: boolean): Promise<void> => {
    shell.isOurs = isOurs
    process.emit('SIGCONT')
    await new Promise(setImmediate)
  }
  return {keyboard, modes, seen, raw, give}
}

const readsFrom = (keyboard: PassThrough): boolean => keyboard.readableFlowing === true
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGCONT', 'exit'] as const

describe('RawTerminal', () => {
  const terminals: RawTerminal[] = []
  const open = (isOurs = true) => {
    const opened = terminalOf({isOurs})
    terminals.push(opened.raw)
    return opened
  }
  let before: number[]
  beforeEach(() => {
    before = SIGNALS.map((name) => process.listenerCount(name))
  })
  afterEach(() => {
    for (const raw of terminals.splice(0)) raw.leave()
    expect(SIGNALS.map((name) => process.listenerCount(name))).to.deep.equal(before)
  })
  const turn = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

  it('reads keys in raw mode, and restores the terminal', async () => {
    const {keyboard, modes, seen, raw} = open()
    raw.enter()
    keyboard.write('x\x1b[A')
    await turn()
    expect(seen).to.deep.equal(['x', 'up'])
    raw.leave()
    expect(modes).to.deep.equal([true, false])
    expect(readsFrom(keyboard)).to.equal(false)
  })

  it('treats the line feed of text that was typed ahead as Enter, and no later one', async () => {
    const {keyboard, seen, raw} = open()
    keyboard.write('one\n')
    raw.enter()
    await turn()
    await turn()
    keyboard.write('\n')
    await turn()
    expect(seen).to.deep.equal(['one', 'enter', 'ctrl+j'])
  })

  it('handles Ctrl+Break on Windows, where Ctrl+Z has no effect', async () => {
    pretendPlatform('win32')
    const {keyboard, modes, seen, raw} = open()
    raw.enter()
    await turn()
    process.emit('SIGBREAK', 'SIGBREAK')
    keyboard.write('a\x1ab')
    await turn()
    expect(seen).to.deep.equal(['ctrl+c', 'a', 'b'])
    expect(modes).to.deep.equal([true])
    raw.leave()
    expect(process.listenerCount('SIGBREAK')).to.equal(0)
  })

  it('treats SIGINT as Ctrl+C, and detects the end', async () => {
    const {keyboard, seen, raw} = open()
    raw.enter()
    process.emit('SIGINT', 'SIGINT')
    keyboard.end()
    await turn()
    expect(seen).to.deep.equal(['ctrl+c', 'end'])
  })

  it('touches nothing in the background, neither at the beginning nor at the end', () => {
    const {keyboard, modes, raw} = open(false)
    raw.enter()
    expect(readsFrom(keyboard)).to.equal(false)
    raw.leave()
    expect(modes).to.deep.equal([])
  })

  it('uses the terminal when it comes to the foreground, and sets its mode again', async () => {
    const {keyboard, modes, seen, raw, give} = open(false)
    raw.enter()
    await give(true)
    expect(readsFrom(keyboard)).to.equal(true)
    await give(false)
    expect(readsFrom(keyboard)).to.equal(false)
    expect(modes).to.deep.equal([true])
    await give(true)
    expect(modes, 'what is set is not set again').to.deep.equal([true, false, true])
    expect(seen).to.deep.equal(['continue', 'continue'])
  })
})
