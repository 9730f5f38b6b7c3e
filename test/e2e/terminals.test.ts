import {expect} from 'chai'
import {SIGNED_OUT} from '../../src/app/receipt-text.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

describe('terminals of other kinds', () => {
  const stage = setStage()

  for (const [name, env, flags] of [
    ['TERM=dumb', {TERM: 'dumb'}, []],
    ['NO_COLOR', {NO_COLOR: '1'}, []],
    ['--no-color', {}, ['--no-color']],
  ] as const) {
    it(`get no escape sequence with ${name}`, async () => {
      const login = stage.terminal(['login', '--no-browser', ...flags], {env})
      await stage.cloud.browser('ada@example.test').visit(await addressAt(login))
      expect((await login.exit).code).to.equal(0)
      const others = [['whoami', '--explain'], ['--help'], ['whoami', '--nonsense'], ['logout']]
      const written = [login.raw()]
      // In pairs: a logout in the middle of the others would change what they say.
      for (const pair of [others.slice(0, 2), others.slice(2)]) {
        const terminals = pair.map((args) => stage.terminal([...args, ...flags], {env}))
        await Promise.all(terminals.map(({exit}) => exit))
        written.push(...terminals.map(({raw}) => raw()))
      }
      const text = written.join('')
      for (const part of ['What pays for prompts', 'USAGE', 'Error: ', 'Signed out']) {
        expect(text).to.include(part)
      }
      expect(text).not.to.match(/[\x1b\x9b\x07\x08]/)
    })
  }

  it('get colour where they want it', async () => {
    const terminal = stage.terminal(['whoami'])
    await terminal.exit
    expect(terminal.raw()).to.include('\x1b[')
  })

  it('can be 40 columns wide: no word of a login is broken, and the address is one line', async () => {
    const terminal = stage.terminal(['login', '--no-browser'], {columns: 40})
    const address = await addressAt(terminal)
    expect(terminal.scrollback().split('\n')).to.include(address)
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await terminal.exit).code).to.equal(0)
    // A line that the terminal had to break is longer than it; only addresses may be.
    expect(tooLong(terminal.scrollback())).to.deep.equal([address])
  })

  it('can be 40 columns wide for whoami, logout and errors', async () => {
    await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const env = {OPENAI_API_KEY}
    const shown = async (...args: string[]): Promise<string> => {
      const terminal = stage.terminal(args, {columns: 40, env})
      await terminal.exit
      expect(tooLong(terminal.scrollback()), args.join(' ')).to.deep.equal([])
      return terminal.scrollback()
    }
    const [whoami] = await Promise.all([shown('whoami'), shown('whoami', '--nonsense')])
    // The command stands on one line, so that it can be copied.
    expect(whoami).to.match(/^ {2}prompts {2}OPENAI.*\n {11}\S.*\n {11}unset OPENAI_API_KEY$/m)
    expect(await shown('logout')).to.include(SIGNED_OUT)
  })

  function tooLong(text: string): string[] {
    return text.split('\n').filter((line) => line.length > 40)
  }
})
