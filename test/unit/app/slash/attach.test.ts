import {expect} from 'chai'
import type {Fits} from '../../../../src/terminal/menu.js'
import type {AppContext} from '../../../../src/app/slash/app-context.js'
import {appCommands} from '../../../../src/app/slash/app-commands.js'
import {attach} from '../../../../src/app/slash/attach.js'
import {SlashRegistry} from '../../../../src/app/slash/registry.js'
import type {AttachedRun} from '../../../../src/domain/run/attached-runs.js'
import {NOW} from '../../../support/make-credential.js'

const ACCOUNT = {issuer: 'https://mogplex.com', id: 'usr_1'}
const RUNS: AttachedRun[] = ['run_z', 'run_a'].map((id) => ({
  id,
  at: NOW,
  branch: `mogplex/${id}`,
  account: ACCOUNT,
}))

describe('/attach', () => {
  let attached: string[]

  async function run(args: readonly string[], runs: readonly AttachedRun[], typed = '') {
    attached = []
    const context = {
      attachedRuns: () => runs,
      attach: async (id: string) => Promise.resolve(void attached.push(id)),
      pick: async <T>(_message: string, choices: readonly {value: T}[], fits: Fits<T>) =>
        Promise.resolve(choices.find(({value}) => fits(value, typed))?.value),
    }
    await attach.run(context as unknown as AppContext, args, args.join(' '))
  }

  it('shows the named run', async () => {
    await run(['run_1'], [])
    expect(attached).to.deep.equal(['run_1'])
  })

  it('offers those attached to before where none is named, by a part of id or branch', async () => {
    await run([], RUNS, '')
    expect(attached).to.deep.equal(['run_z'])
    await run([], RUNS, 'PLEX/run_a')
    expect(attached).to.deep.equal(['run_a'])
    await run([], RUNS, 'nothing like that')
    expect(attached, 'nothing was chosen').to.deep.equal([])
  })

  it('is a usage error where there is none to choose from', async () => {
    const error: unknown = await run([], []).catch((thrown: unknown) => thrown)
    expect(error).to.include({code: 'USAGE', exitCode: 2})
  })

  it('completes them, newest first', () => {
    const registry = new SlashRegistry<AppContext>(
      appCommands(
        new Set(),
        () => RUNS,
        () => [],
      ),
    )
    const completion = registry.complete('/attach ')
    expect(completion?.candidates.map(({value}) => value)).to.deep.equal(['run_z', 'run_a'])
  })
})
