import {expect} from 'chai'
import commandNotFound from '../../../../src/host/hooks/command-not-found.js'

describe('the hook command_not_found', () => {
  const done: unknown[] = []
  const command = {
    id: 'new',
    run: async (...args: unknown[]) => Promise.resolve(done.push(['run', ...args])),
  }
  const runHook = async (...args: unknown[]) => Promise.resolve(done.push(args))

  async function find(id: string, known: readonly unknown[], argv?: string[]): Promise<unknown> {
    done.length = 0
    const plugins = new Map(
      known.map((each, index) => [
        index,
        {
          findCommand: async () => Promise.resolve(each),
          commands: [{id: 'login'}, {id: 'logs:show'}],
        },
      ]),
    )
    const commands = [
      ...['login', 'login:status', 'logs', 'logs:show'].map((known) => ({id: known})),
      {id: 'logs:shown', hidden: true},
    ]
    const config = {plugins, runHook, commands, dataDir: '/nowhere'}
    const hook = commandNotFound as unknown as (options: unknown) => Promise<unknown>
    return hook({id, argv, config}).catch((error: unknown) => error)
  }

  it('is a usage error, exit 2, with the command as typed', async () => {
    const error = await find('no:such\u001B[2J', [undefined])
    expect(error).to.include({
      exitCode: 2,
      message: 'mogplex has no command "no such [2J".',
      remedy: 'Run `mogplex --help` for the commands.',
    })
    expect(done).to.deep.equal([])
  })

  for (const [id, message] of [
    ['login:extra', '`mogplex login` does not take "extra".'],
    ['login:extra:more', '`mogplex login` does not take "extra", "more".'],
    ['login:status:extra', '`mogplex login status` does not take "extra".'],
    ['logs:show:extra', '`mogplex logs show` does not take "extra".'],
    ['logs:extra', 'mogplex has no command "logs extra".'],
  ] as const) {
    it(`reports for ${id}: ${message}`, async () => {
      expect(await find(id, [undefined])).to.include({code: 'USAGE', exitCode: 2, message})
    })
  }
  it('suggests a similar name, and never a hidden one', async () => {
    expect(await find('logs:shwon', [])).to.include({
      remedy: 'Did you mean `mogplex logs show`? `mogplex --help` lists the commands.',
    })
    expect(done).to.deep.equal([])
  })

  it('truncates a long name', async () => {
    const error = await find('x'.repeat(100), [])
    expect(String(error)).to.include(`"${'x'.repeat(60)}…"`)
  })

  it('runs a command that a plugin has added meanwhile, behind the gate', async () => {
    const answer = await find('new', [undefined, command, command], ['--flag'])
    expect(answer).to.equal(2)
    const [gate, run] = done as unknown[][]
    expect(gate).to.deep.equal(['prerun', {Command: command, argv: ['--flag']}])
    expect(run?.slice(0, 2)).to.deep.equal(['run', ['--flag']])
    expect(done).to.have.length(2)
  })

  it('passes no arguments where there are none', async () => {
    await find('new', [command])
    expect(done[0]).to.deep.equal(['prerun', {Command: command, argv: []}])
  })
})
