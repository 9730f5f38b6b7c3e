import {expect} from 'chai'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {UsageError} from '../../../../src/domain/errors/usage.js'
import {completeLater} from '../../../../src/app/slash/complete-later.js'
import {contributed} from '../../../../src/app/slash/contributed.js'
import type {AppSlashContext} from '../../../../src/app/slash/app-slash-command.js'

const ABOUT = {name: 'hello', summary: 'Greet', complete: async () => Promise.resolve([])}

function contextOf(signal: AbortSignal) {
  const shown: string[] = []
  const ran: string[] = []
  const context: AppSlashContext = {
    signal,
    columns: 14,
    palette: paletteFor(false),
    commands: {all: []},
    print: (text) => shown.push(text),
    clear: () => undefined,
    leave: () => undefined,
    pick: async () => Promise.resolve(undefined),
    run: async (line) => void ran.push(line),
  }
  return {context, shown, ran}
}

describe('contributed', () => {
  it('wraps the lines of a command, and waits for its end', async () => {
    const {context, shown} = contextOf(new AbortController().signal)
    const command = contributed({
      ...ABOUT,
      async run({print}, [name = '']) {
        await Promise.resolve()
        print(`Hello and welcome, ${name}`)
      },
    })
    await command.run(context, ['Ada'], 'Ada')
    expect(shown).to.deep.equal(['Hello and\nwelcome, Ada'])
  })

  it('abandons a command that hangs when it is interrupted, and drops its later output', async () => {
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
    const running = Promise.resolve(command.run(context, [], '')).catch((error: unknown) => error)
    const reason = new Error('interrupted')
    over.abort(reason)
    expect(await running).to.equal(reason)
    say('too late')
    expect(shown).to.deep.equal([])
  })

  it('ignores errors of a command that was abandoned', async () => {
    const over = new AbortController()
    const {context} = contextOf(over.signal)
    let fail: (error: Error) => void = () => undefined
    const command = contributed({
      ...ABOUT,
      run: async () => new Promise<never>((_resolve, reject) => (fail = reject)),
    })
    const running = Promise.resolve(command.run(context, [], '')).catch(() => 'given up')
    over.abort(new Error('interrupted'))
    expect(await running).to.equal('given up')
    fail(new Error('later')) // an unhandled rejection would end the test run
    await new Promise(setImmediate)
  })

  it('passes on the text, the signal, and a way to run other slash commands, but no prompts', async () => {
    const over = new AbortController()
    const {context, ran} = contextOf(over.signal)
    const heard: unknown[] = []
    const command = contributed({
      ...ABOUT,
      async run({signal, run}, _args, text) {
        heard.push(text, signal)
        await run('/attach run_1')
        heard.push(await run('a prompt').catch((error: unknown) => error))
      },
    })
    await command.run(context, ['a', 'b'], 'a  b')
    expect(heard.slice(0, 2)).to.deep.equal(['a  b', over.signal])
    expect(heard[2]).to.include({exitCode: 2})
    expect(ran).to.deep.equal(['/attach run_1'])
  })
})

describe('completeLater', () => {
  const soon = async (): Promise<void> => new Promise(setImmediate)

  function completion(ask: Parameters<typeof completeLater>[0]) {
    const told: string[] = []
    const complete = completeLater(ask)
    const events = {
      changed: () => void told.push('changed'),
      failed: ({message}: Error) => void told.push(message),
    }
    return {told, complete: (typed: string) => complete(typed, events)}
  }

  it('has nothing at first, then the results for that text, after one request', async () => {
    let asked = 0
    const {told, complete} = completion(async (typed) => {
      asked += 1
      return Promise.resolve([{value: `${typed}!`}])
    })
    expect(complete('a')).to.deep.equal([])
    await soon()
    expect(told).to.deep.equal(['changed'])
    expect(complete('a')).to.deep.equal([{value: 'a!'}])
    expect(asked).to.equal(1)
  })

  it('abandons the request for another text', async () => {
    const signals: AbortSignal[] = []
    const {told, complete} = completion(async (typed, signal) => {
      signals.push(signal)
      return Promise.resolve([{value: typed}])
    })
    complete('a')
    complete('ab')
    await soon()
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true, false])
    expect(told).to.deep.equal(['changed'])
    expect(complete('ab')).to.deep.equal([{value: 'ab'}])
  })

  it('reports a failure once', async () => {
    const {told, complete} = completion(async (typed) =>
      Promise.reject(new UsageError(`no ${typed}`, 'Wait.')),
    )
    complete('a')
    await soon()
    complete('b')
    await soon()
    expect(told).to.deep.equal(['no a'])
  })
})
