import {expect} from 'chai'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {contributed} from '../../../../src/app/slash/contributed.js'
import type {SlashContext} from '../../../../src/app/slash/slash-command.js'

const ABOUT = {name: 'hello', summary: 'Greet'}

function contextOf(signal: AbortSignal) {
  const shown: string[] = []
  const context: SlashContext = {
    ...{signal, columns: 14, palette: paletteFor(false), commands: {all: []}},
    print: (text) => shown.push(text),
    clear: () => undefined,
    leave: () => undefined,
  }
  return {context, shown}
}

describe('contributed', () => {
  it('breaks the lines of a command, and waits for its end', async () => {
    const {context, shown} = contextOf(new AbortController().signal)
    const command = contributed({
      ...ABOUT,
      async run({print}, [name = '']) {
        await Promise.resolve()
        print(`Hello and welcome, ${name}`)
      },
    })
    await command.run(context, ['Ada'])
    expect(shown).to.deep.equal(['Hello and\nwelcome, Ada'])
  })

  it('gives a command up that hangs when it is interrupted, and shows no more of it', async () => {
    const over = new AbortController()
    const {context, shown} = contextOf(over.signal)
    let say: (text: string) => void = () => undefined
    const command = contributed({
      ...ABOUT,
      run: async ({print}) => {
        say = print
        return new Promise<never>(() => undefined)
      },
    })
    const running = Promise.resolve(command.run(context, [])).catch((error: unknown) => error)
    const reason = new Error('interrupted')
    over.abort(reason)
    expect(await running).to.equal(reason)
    say('too late')
    expect(shown).to.deep.equal([])
  })

  it('lets what a command throws after it was given up disturb nobody', async () => {
    const over = new AbortController()
    const {context} = contextOf(over.signal)
    let fail: (error: Error) => void = () => undefined
    const command = contributed({
      ...ABOUT,
      run: async () => new Promise<never>((_resolve, reject) => (fail = reject)),
    })
    const running = Promise.resolve(command.run(context, [])).catch(() => 'given up')
    over.abort(new Error('interrupted'))
    expect(await running).to.equal('given up')
    fail(new Error('later')) // would end the test run if nobody listened
    await new Promise(setImmediate)
  })
})
