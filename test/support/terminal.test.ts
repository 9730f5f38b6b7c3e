import {expect} from 'chai'
import {bytesOf} from './keys.js'
import {temporaryHome} from './temporary-home.js'
import {openTerminal} from './terminal.js'

const KEYS =
  'process.stdin.setRawMode(true).on("data", (d) => console.log(JSON.stringify(`${d}`)));'

describe('openTerminal', () => {
  const open = async (script: string, size: {columns?: number; rows?: number} = {}) =>
    openTerminal([], {
      home: await temporaryHome(),
      command: [process.execPath, '-e', script],
      ...size,
    })

  it('gives the program a terminal of the given size, and follows a resize', async () => {
    const terminal = await open(
      'const say = () => console.log(process.stdin.isTTY, process.stdout.columns, process.stdout.rows);' +
        'say(); process.stdout.on("resize", say); setInterval(() => {}, 1000)',
      {columns: 40, rows: 10},
    )
    await terminal.see('true 40 10')
    terminal.resize(100, 30)
    await terminal.see('true 100 30')
  })

  it('shows what a person sees: colours are not text, and overwritten text is gone', async () => {
    const terminal = await open(
      'process.stdout.write("\\x1b[31mred\\x1b[0m  \\r\\nPassword: secret\\x1b[6D\\x1b[Kgone")',
    )
    expect(await terminal.exit).to.deep.equal({code: 0, signal: undefined})
    expect(terminal.screen()).to.equal('red\nPassword: gone')
    expect(terminal.raw()).to.contain('\x1b[31mred').and.to.contain('secret')
  })

  it('finds a line that the terminal wrapped as one line', async () => {
    const url = `https://example.test/authorize?state=${'0123456789'.repeat(6)}`
    const terminal = await open(`console.log("Open ${url} now")`, {columns: 30})
    await terminal.see(`Open ${url} now`)
    expect(terminal.screen()).not.to.contain(url)
    expect(terminal.screen().split('\n')[0]).to.equal(`Open ${url}`.slice(0, 30))
  })

  it('keeps the lines that have scrolled off the screen', async () => {
    const terminal = await open('for (let n = 0; n < 50; n++) console.log("line", n)', {rows: 5})
    await terminal.exit
    expect(terminal.screen()).not.to.contain('line 0')
    expect(terminal.scrollback().split('\n')).to.include('line 0').and.to.include('line 49')
    await terminal.see(/^line 0$/m)
  })

  it('sends keys and text', async () => {
    const terminal = await open(`${KEYS} console.log("ready")`)
    await terminal.see('ready')
    for (const key of ['ctrl+c', 'up', 'escape', 'tab'] as const) {
      terminal.press(key)
      await terminal.see(JSON.stringify(bytesOf(key)))
    }
    terminal.type('hello')
    await terminal.see('"hello"')
  })

  it('brackets a paste only where the program requested it', async () => {
    const terminal = await open(
      `${KEYS} console.log("plain"); setTimeout(() => console.log("\\x1b[?2004hbracketed"), 400)`,
    )
    await terminal.see('plain')
    terminal.paste('a\nb')
    await terminal.see('"a\\rb"')
    await terminal.see('bracketed')
    terminal.paste('a\nb\x1b[201~c')
    await terminal.see('"\\u001b[200~a\\rb\u241b[201~c\\u001b[201~"')
  })

  it('shows the whole screen when a text does not appear, in time or before the end', async () => {
    const terminal = await open('console.log("another thing"); setTimeout(() => {}, 600)')
    await terminal.see('another thing')
    const failures = await Promise.allSettled([
      terminal.see('the thing', 50),
      terminal.see(/never/),
    ])
    const [late, ended] = failures.map((result) => String('reason' in result && result.reason))
    expect(late).to.contain('50 ms').and.to.contain('the thing').and.to.contain('another thing')
    expect(ended).to.contain('It ended').and.to.contain('another thing')
  })

  it('ends a program that Ctrl+C ends, and hangs up on one that stays', async () => {
    const first = await open('console.log("on"); setInterval(() => {}, 1000)')
    await first.see('on')
    first.press('ctrl+c')
    expect((await first.exit).signal).to.equal('SIGINT')
    const second = await open(
      'process.on("SIGHUP", () => console.log("hung up")); console.log("on"); setInterval(() => {}, 1000)',
    )
    await second.see('on')
    await second.close()
    expect((await second.exit).signal).to.equal('SIGKILL')
    expect(second.scrollback()).to.contain('hung up')
  })

  it("answers a program's queries", async () => {
    const terminal = await open(`${KEYS} process.stdout.write("\\x1b[6n")`)
    await terminal.see(/"\\u001b\[1;1R"/)
  })
})
