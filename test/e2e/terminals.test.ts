import {expect} from 'chai'
import {join} from 'node:path'
import {SIGNED_OUT} from '../../src/app/receipt-text.js'
import {KEYS_HINT} from '../../src/app/run/attach.js'
import {NOTHING_CHOSEN} from '../../src/terminal/choose.js'
import {widthOf} from '../../src/terminal/cell-width.js'
import {builtCli} from '../support/cli-environment.js'
import {addressAt, setStage, WAITS} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const COLOUR = /\x1b\[[\d;:]*m/

describe('other kinds of terminals', () => {
  const stage = setStage()

  for (const [name, env, flags, unwanted] of [
    ['no escape sequence with TERM=dumb', {TERM: 'dumb'}, [], /[\x1b\x9b\x07\x08]/],
    ['no colour with NO_COLOR', {NO_COLOR: '1'}, [], COLOUR],
    ['no colour with --no-color', {}, ['--no-color'], COLOUR],
  ] as const) {
    it(`get ${name}`, async () => {
      const login = stage.terminal(['login', '--no-browser', ...flags], {env})
      await stage.cloud.browser('ada@example.test').visit(await addressAt(login))
      expect((await login.exit).code).to.equal(0)
      const others = [['whoami', '--explain'], ['--help'], ['whoami', '--nonsense'], ['logout']]
      const written = [login.raw()]
      // In pairs: a logout in the middle of the others would change their output.
      for (const pair of [others.slice(0, 2), others.slice(2)]) {
        const terminals = pair.map((args) => stage.terminal([...args, ...flags], {env}))
        await Promise.all(terminals.map(({exit}) => exit))
        written.push(...terminals.map(({raw}) => raw()))
      }
      const text = written.join('')
      for (const part of ['What pays for prompts', 'USAGE', 'Error: ', 'Signed out']) {
        expect(text).to.include(part)
      }
      expect(text).not.to.match(unwanted)
    })
  }

  it('get colour where they support it', async () => {
    const terminal = stage.terminal(['whoami'])
    await terminal.exit
    expect(terminal.raw()).to.include('\x1b[')
  })

  it('can be 40 columns wide: no word of a login is broken, and the address is one line', async () => {
    const terminal = stage.terminal(['login', '--no-browser'], {columns: 40})
    const address = await addressAt(terminal)
    const waiting = terminal.scrollback()
    expect(waiting.split('\n')).to.include(address)
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await terminal.exit).code).to.equal(0)
    // A line that the terminal had to wrap is too long; only addresses may be.
    const words = tooLong(`${waiting}\n${terminal.scrollback()}`).map((line) => line.trim())
    expect(words).to.include(address)
    for (const word of words) expect(word).to.match(/^\(?https?:\/\/\S+$/)
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
    // The command is on one line, so that it can be copied.
    expect(whoami).to.match(/^ {2}prompts {2}OPENAI.*\n {11}\S.*\n {11}unset OPENAI_API_KEY$/m)
    expect(await shown('logout')).to.include(SIGNED_OUT)
  })

  it('wrap text that is printed before a command runs, too', async () => {
    const home = join(stage.home, 'a-home-of-codex')
    const terminal = stage.terminal(['whoami'], {columns: 40, env: {CODEX_HOME: home}})
    await terminal.exit
    expect(terminal.scrollback()).to.include('CODEX_HOME').and.include('MOGPLEX_HOME')
    const broken = tooLong(terminal.scrollback()).filter((line) => /\S .*\S/.test(line))
    expect(broken).to.deep.equal([])
  })

  for (const columns of [120, 80, 40, 20]) {
    it(`show every screen in ${columns} columns, without a wider line of words`, async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'quiet')
      const app = stage.terminal([], {columns, rows: 40})
      await app.see('Ask anything')
      app.type('/help\r')
      await app.see('/quit')
      app.type('/whoami\r')
      await app.see(/^\s*prompts/m)
      app.type('/login\r')
      await app.see('❯ Sign in')
      app.press('escape')
      await app.see(/Nothing was\s+chosen\./)
      app.type(`/attach ${id}\r`)
      await app.see('status_changed')
      await app.see(KEYS_HINT.slice(0, columns - 4))
      app.type('\x03\x03')
      await app.see(/Left the run/)
      app.type('/quit\r')
      expect((await app.exit).code).to.equal(0)
      // A line that the terminal had to wrap is longer in the scrollback than on its screen.
      const broken = app
        .scrollback()
        .split('\n')
        // a long word may be wider
        .filter((line) => widthOf(line) > columns && /\S .*\S/.test(line))
      expect(broken).to.deep.equal([])
    })
  }

  it('wrap at COLUMNS, or at 80, where their size is unknown', async () => {
    const command = ['/bin/sh', '-c', 'stty cols 0 rows 0; exec "$@"', 'sh', ...builtCli] as const
    for (const [env, most] of [
      [{}, 80],
      [{COLUMNS: '40'}, 40],
    ] as const) {
      const terminal = stage.terminal(['logout'], {command, columns: 120, env})
      await terminal.exit
      const error = stage.terminal(['whoami', '--nonsense'], {command, columns: 120, env})
      await error.exit
      const lines = `${terminal.scrollback()}\n${error.scrollback()}`.split('\n')
      const longest = Math.max(...lines.map((line) => line.length))
      expect(longest)
        .to.be.below(most)
        .and.above(most / 2)
    }
  })

  it('get only ASCII where the locale has no more', async () => {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA, 'quiet')
    const app = stage.terminal([], {env: {LANG: 'C'}, rows: 40})
    await app.see('> Ask anything')
    app.type('/help\r')
    await app.see('/quit')
    app.type('/mod')
    await app.see(/> \/model/)
    app.type('\x03/login\r')
    await app.see('> Sign in with Mogplex')
    app.press('enter')
    await app.see(WAITS)
    app.press('ctrl+c')
    await app.see('> Sign in with Mogplex')
    app.press('escape')
    await app.see(NOTHING_CHOSEN)
    app.type(`/attach ${id}\r`)
    await app.see('status_changed')
    await app.see(KEYS_HINT)
    app.type('\x03\x03')
    await app.see('Left the run')
    app.type('/quit\r')
    expect((await app.exit).code).to.equal(0)
    const models = stage.terminal(['models', '--refresh'], {env: {LANG: 'C'}, columns: 60})
    await models.exit
    expect(`${app.raw()}${models.raw()}`.match(/[^\x00-\x7F]/g) ?? []).to.deep.equal([])
  })

  it('get the header once, and the prompt once per turn, with TERM=dumb', async () => {
    await stage.putLogin()
    const app = stage.terminal([], {env: {TERM: 'dumb'}})
    await app.see(/^>$/m)
    for (const [index, line] of ['/whoami', '/mcp nothing', '/whoami'].entries()) {
      app.type(`${line}\r`)
      await app.see(new RegExp(`(^> .*\\n[^]*){${index + 1}}^>$`, 'm'))
    }
    await new Promise((resolve) => setTimeout(resolve, 2500)) // the header is updated each second
    const marks = app.scrollback().match(/^>/gm)
    expect(marks, app.scrollback()).to.have.length(4)
    expect(app.scrollback().match(/ · your login pays/g)).to.have.length(1)
    app.press('ctrl+d')
    expect((await app.exit).code).to.equal(0)
  })

  function tooLong(text: string): string[] {
    return text.split('\n').filter((line) => line.length > 40)
  }
})
