import {expect} from 'chai'
import {PassThrough} from 'node:stream'
import {foregroundInput} from '../../../src/app/foreground-input.js'

/** A terminal, as far as a reader of keys looks, and a shell that gives it to us and takes it. */
function terminal({isOurs}: {isOurs: boolean}) {
  const modes: boolean[] = []
  const keyboard = Object.assign(new PassThrough(), {
    isTTY: true,
    isRaw: false,
    setRawMode(mode: boolean) {
      if (!shell.isOurs) throw new Error('The kernel stops whoever does this in the background.')
      keyboard.isRaw = mode
      modes.push(mode)
    },
  })
  const shell = {isOurs}
  const stdin = keyboard as unknown as NodeJS.ReadStream
  const input = foregroundInput(stdin, () => shell.isOurs)
  const give = (isOurs: boolean): void => {
    shell.isOurs = isOurs
    process.emit('SIGCONT')
  }
  return {keyboard, modes, input, give}
}

const readsFrom = (keyboard: PassThrough): boolean => keyboard.readableFlowing === true

describe('foregroundInput', () => {
  const inputs: NodeJS.ReadStream[] = []
  const open = (isOurs: boolean) => {
    const opened = terminal({isOurs})
    inputs.push(opened.input)
    return opened
  }
  afterEach(() => {
    for (const input of inputs.splice(0)) input.setRawMode(false)
    expect(process.listenerCount('SIGCONT')).to.equal(0)
  })

  it('is standard input itself where that is no terminal', () => {
    const pipe = new PassThrough() as unknown as NodeJS.ReadStream
    expect(foregroundInput(pipe, () => false)).to.equal(pipe)
  })

  it('reads keys in raw mode in the foreground, and leaves the terminal as it was', async () => {
    const {keyboard, modes, input} = open(true)
    input.setRawMode(true)
    const typed = new Promise((resolve) => input.once('data', resolve))
    keyboard.write('x')
    expect(String(await typed)).to.equal('x')
    input.setRawMode(false)
    expect(modes).to.deep.equal([true, false])
    expect(readsFrom(keyboard)).to.equal(false)
  })

  it('touches nothing in the background, neither at the beginning nor at the end', () => {
    const {keyboard, modes, input} = open(false)
    input.setRawMode(true)
    input.resume()
    expect(readsFrom(keyboard)).to.equal(false)
    input.setRawMode(false)
    expect(modes).to.deep.equal([])
  })

  it('takes the terminal when it comes to the foreground, and sets its mode anew', () => {
    const {keyboard, modes, input, give} = open(false)
    input.setRawMode(true)
    give(true)
    expect(readsFrom(keyboard)).to.equal(true)
    give(false)
    expect(readsFrom(keyboard)).to.equal(false)
    expect(modes).to.deep.equal([true])
    give(true)
    expect(modes, 'what is set is not set again').to.deep.equal([true, false, true])
    expect(readsFrom(keyboard)).to.equal(true)
  })

  it('ends with standard input', async () => {
    const {keyboard, input} = open(true)
    input.setRawMode(true)
    input.resume()
    const ended = new Promise((resolve) => input.once('end', resolve))
    keyboard.end()
    await ended
  })
})
