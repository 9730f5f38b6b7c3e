import {expect} from 'chai'
import {KeyDecoder} from '../../../../src/terminal/keys/key-decoder.js'
import {RunKeyboard} from '../../../../src/app/run/run-keys.js'

const CTRL_C = '\u0003'

describe('RunKeyboard', () => {
  let now: number
  let done: string[]
  let said: (string | undefined)[]
  let keyboard: RunKeyboard
  beforeEach(() => {
    ;[now, done, said] = [0, [], []]
    keyboard = new RunKeyboard(
      {
        detach: () => void done.push('detach'),
        cancel: async () => {
          done.push('cancel')
          return Promise.resolve('Asked the run to stop.')
        },
        say: (text) => void said.push(text),
        suspend: () => undefined,
        resume: () => undefined,
      },
      () => now,
    )
  })
  afterEach(() => keyboard.release())
  const press = (...keys: string[]): void => {
    const decoder = new KeyDecoder()
    for (const key of keys) {
      const isEscape = key === '\u001B' // alone: nothing follows it soon
      const events = decoder.write(Buffer.from(key))
      for (const event of isEscape ? decoder.flush() : events) keyboard.press(event)
    }
  }

  it('shows with one Ctrl+C how to leave, and leaves with another one within 1500 ms', () => {
    press(CTRL_C)
    expect(said).to.deep.equal(['Ctrl+C again leaves; the run goes on.'])
    expect(done).to.deep.equal([])
    now = 1500
    press(CTRL_C)
    expect(done).to.deep.equal(['detach'])
  })

  it('forgets the first one after that', () => {
    press(CTRL_C)
    now = 1501
    press(CTRL_C)
    expect(done).to.deep.equal([])
    now = 3000
    press(CTRL_C)
    expect(done).to.deep.equal(['detach'])
  })

  it('cancels with c and then y, and shows the result', async () => {
    press('c', 'y')
    expect(done).to.deep.equal(['cancel'])
    await new Promise(setImmediate)
    expect(said).to.deep.equal([
      'Cancel this run? y/n',
      'Asking the run to stop …',
      'Asked the run to stop.',
    ])
  })

  it('leaves at once with q or Escape', () => {
    for (const key of ['q', 'Q', '\u001B']) press(key)
    expect(done).to.deep.equal(['detach', 'detach', 'detach'])
  })

  it('treats q and Escape as a no to its question', () => {
    press('c', 'q')
    press('c', '\u001B')
    expect(done).to.deep.equal([])
    expect(said.at(-1)).to.equal(undefined)
  })

  it('does not cancel with anything else', () => {
    for (const keys of ['cn', 'c\u001B[A', 'y', 'cc', 'c y', 'cxy']) {
      press(...Array.from(keys), 'n')
    }
    press('cy', 'n', 'c', 'yy', 'n', '\u001B[C')
    expect(done).to.deep.equal([])
  })

  it('withdraws the question at Ctrl+C: a later y answers nothing', () => {
    press('c', CTRL_C, 'y')
    expect(done).to.deep.equal([])
  })
})
