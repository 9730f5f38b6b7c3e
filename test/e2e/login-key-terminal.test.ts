import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {NOT_SHOWN} from '../../src/app/sign-in/stored-key-text.js'
import {setStage} from '../support/sign-in-stage.js'

const LOGIN = ['login', '--with-api-key']
const ADA = 'ada@example.test'

describe('mogplex login --with-api-key, at a terminal', () => {
  const stage = setStage()

  it('asks for a Mogplex key, and shows nothing of the paste', async () => {
    const key = await stage.cloud.createKey(ADA)
    const terminal = stage.terminal(LOGIN, {columns: 120})
    await terminal.see(NOT_SHOWN)
    await terminal.see(`Keys of Mogplex are at ${stage.cloud.url}/settings/api-keys`)
    terminal.paste(`  ${key} `)
    terminal.press('enter')
    expect(await terminal.exit).to.include({code: 0})
    expect(terminal.scrollback()).to.include(`as ${ADA} (Ada Lovelace): scopes unknown.`)
    expect(terminal.raw()).not.to.include(key).and.not.to.include('mog_')
    expect(await stage.authText()).to.include(key)
  })

  it("accepts a provider's key letter by letter, with a corrected typo", async () => {
    const key = stage.secret('gsk_typed-by-hand')
    // Naming a provider implies its key, so one flag is enough.
    const terminal = stage.terminal(['login', '--provider', 'groq'])
    await terminal.see(NOT_SHOWN)
    for (const letter of 'gsk_typed-by-hamd') terminal.type(letter)
    terminal.press('backspace')
    terminal.press('backspace')
    terminal.type('nd')
    terminal.press('enter')
    expect(await terminal.exit).to.include({code: 0})
    expect(terminal.scrollback()).to.include('Stored the Groq key in ~/.mogplex/auth.json.')
    expect(terminal.raw()).not.to.include('gsk_').and.not.to.include('*')
    expect(await stage.authText()).to.include(key)
  })

  for (const [what, end] of [
    ['', '\n'],
    [', the second without its end', ''],
  ] as const) {
    it(`refuses two lines pasted at once${what}`, async () => {
      const [first, second] = [stage.secret('sk-proj-first'), stage.secret('sk-proj-second')]
      const terminal = stage.terminal([...LOGIN, '--provider', 'openai'])
      await terminal.see(NOT_SHOWN)
      terminal.paste(`${first}\n${second}${end}`)
      await terminal.see(new RegExp(`it is more than one line[^]*${NOT_SHOWN}`))
      terminal.press('escape')
      expect(await terminal.exit).to.include({code: 130})
      expect(await stage.authText()).to.equal(undefined)
    })
  }

  it("asks again after Enter alone, and after another provider's key", async () => {
    const key = await stage.cloud.createKey(ADA)
    const terminal = stage.terminal(LOGIN)
    await terminal.see(NOT_SHOWN)
    terminal.press('enter')
    await terminal.see(new RegExp(`it is empty[^]*${NOT_SHOWN}`))
    terminal.paste(stage.secret('sk-proj-of-another-provider'))
    terminal.press('enter')
    await terminal.see(new RegExp(`of OpenAI[^]*${NOT_SHOWN}`))
    terminal.paste(key)
    terminal.press('enter')
    expect(await terminal.exit).to.include({code: 0})
    expect(terminal.scrollback()).not.to.include('Error:')
    expect(await stage.authText()).to.include(key)
  })

  it('exits with 1 before it asks, where nothing could be stored', async () => {
    await writeFile(join(stage.home, '.mogplex'), 'a file, not a folder')
    const terminal = stage.terminal(LOGIN)
    expect(await terminal.exit).to.include({code: 1})
    expect(terminal.scrollback()).not.to.include(NOT_SHOWN)
  })

  it('exits with 1 before it sends a key to the server, where nothing could be stored', async () => {
    await writeFile(join(stage.home, '.mogplex'), 'a file, not a folder')
    let asked = 0
    stage.intercept(async () => {
      asked += 1
      return undefined
    })
    const result = await stage.run(LOGIN, {stdin: stage.secret('mog_a-key-that-is-not-tried')})
    expect(result.code).to.equal(1)
    expect(asked).to.equal(0)
  })

  it('exits with 130 on Ctrl+C, also in the middle of a key, and stores nothing', async () => {
    const terminal = stage.terminal(LOGIN)
    await terminal.see(NOT_SHOWN)
    terminal.type(stage.secret('mog_half-of-a-key'))
    terminal.press('ctrl+c')
    expect(await terminal.exit).to.include({code: 130})
    expect(await stage.authText()).to.equal(undefined)
  })

  it('asks nobody with --json, with --no-input, and in CI: 64 at once', async () => {
    const terminals = [
      [stage.terminal([...LOGIN, '--json']), '--json'],
      [stage.terminal([...LOGIN, '--no-input']), '--no-input'],
      [stage.terminal(LOGIN, {env: {CI: 'true'}}), 'CI is set'],
    ] as const
    for (const [terminal, why] of terminals) {
      expect(await terminal.exit).to.include({code: 64})
      expect(terminal.scrollback()).to.include('Nobody can sign in here').and.include(why)
      expect(terminal.raw()).not.to.include('It is not shown')
    }
  })
})
