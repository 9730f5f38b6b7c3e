import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {compose} from '../../../../src/compose.js'
import prerun from '../../../../src/host/hooks/prerun.js'
import {homeVariables} from '../../../support/home-variables.js'
import {temporaryHome} from '../../../support/temporary-home.js'

type Options = Parameters<typeof prerun>[0]

describe('the hook prerun', () => {
  let home: string
  let config: Parameters<typeof compose>[0] & {dataDir: string}
  beforeEach(async () => {
    home = await temporaryHome()
    Object.assign(process.env, homeVariables(home)) // restored after the test
    config = {
      pjson: {name: 'under test'},
      plugins: new Map(),
      version: '0.0.0',
      dataDir: home,
    } as unknown as typeof config
  })

  async function gate(auth?: unknown, id = 'tiny'): Promise<unknown> {
    const Command = {id, ...(auth !== undefined && {auth})}
    const hook = prerun as (options: unknown) => Promise<void>
    return hook({Command, config, argv: []} satisfies Partial<Record<keyof Options, unknown>>)
      .then(() => 'open')
      .catch((error: unknown) => error)
  }

  for (const auth of [undefined, 'none']) {
    it(`is open, signed in or not, for a command that declares ${String(auth)}`, async () => {
      expect(await gate(auth)).to.equal('open')
    })
  }

  for (const auth of ['account', 'model', 'any']) {
    it(`is closed for "${auth}" without a credential, with an error with oclif's exit code`, async () => {
      expect(await gate(auth)).to.deep.include({exitCode: 64, oclif: {exit: 64}})
    })
  }

  it('is open for what a key can do, and closed for the rest', async () => {
    process.env.OPENAI_API_KEY = 'sk-pays-for-prompts'
    expect(await gate('model')).to.equal('open')
    expect(await gate('any')).to.equal('open')
    expect(await gate('account')).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
  })

  it('is open for an account with a key of Mogplex', async () => {
    process.env.MOGPLEX_API_KEY = 'mog_of-ada-and-nobody-else'
    for (const auth of ['account', 'model', 'any']) expect(await gate(auth)).to.equal('open')
  })

  for (const auth of ['acount', 'writes', '', null, true, ['account']]) {
    it(`is closed for ${JSON.stringify(auth)}, which is not a need, with any account`, async () => {
      process.env.MOGPLEX_API_KEY = 'mog_of-ada-and-nobody-else'
      expect(await gate(auth)).to.deep.include({
        code: 'UNKNOWN_AUTH_NEED',
        exitCode: 1,
        oclif: {exit: 1},
      })
    })
  }

  it('is closed when the file cannot be read, and when a setting is invalid', async () => {
    await mkdir(join(home, '.mogplex'))
    await writeFile(join(home, '.mogplex', 'auth.json'), '{"mogplex": broken', {mode: 0o600})
    expect(await gate('account')).to.include({exitCode: 1})
    config = {...config, pjson: {...config.pjson}}
    process.env.MOGPLEX_URL = 'nonsense'
    expect(await gate('account')).to.include({exitCode: 2})
    expect(await gate()).to.equal('open')
  })

  it('removes credentials from the environment before npm starts, after we have read them', async () => {
    process.env.MOGPLEX_API_KEY = 'mog_of-ada-and-nobody-else'
    expect(await gate(undefined, 'plugins:link')).to.equal('open')
    expect(process.env).not.to.have.property('MOGPLEX_API_KEY')
    expect(await gate('account')).to.equal('open')
  })

  it('does not prepare for npm where the gate is closed', async () => {
    process.env.OPENAI_API_KEY = 'sk-pays-for-prompts'
    expect(await gate('account', 'plugins:link')).to.include({exitCode: 64})
    expect(process.env).to.have.property('OPENAI_API_KEY')
  })
})
