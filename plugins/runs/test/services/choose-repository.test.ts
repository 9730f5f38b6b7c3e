import {fakeSession} from '@mogplex/plugin-kit/testing'
import {expect} from 'chai'
import {chooseRepository} from '../../src/services/choose-repository.js'

const REPOS = ['ada/analytical-engine', 'ada/engine', 'bob/notes'].map((full_name, index) => ({
  full_name,
  id: `id-${index}`,
}))

interface Options {
  readonly choices?: readonly string[]
  readonly interactive?: boolean
  readonly origin?: string
  readonly repos?: readonly object[]
}

async function choose(wanted: string | undefined, options: Options = {}) {
  const {choices = [], interactive = false, origin, repos = REPOS} = options
  const offered: string[] = []
  const session = fakeSession({choices, responses: {'/repos': {repos}}})
  const watched: typeof session = {
    ...session,
    async choose(message, all) {
      offered.push(message, ...all.map(({name, note = ''}) => `${name} ${note}`.trim()))
      return session.choose(message, all)
    },
  }
  const found = await chooseRepository(
    {session: watched, interactive, origin: () => origin, how: '--repo OWNER/NAME'},
    wanted,
  ).catch((error: unknown) => error)
  return {found, offered, kept: await session.kept('repositories')}
}

describe('chooseRepository', () => {
  it('uses the named one, exactly', async () => {
    expect((await choose('Ada/Engine')).found).to.include({id: 'id-1'})
  })

  it('lists similar names, and lets a person choose: otherwise 1', async () => {
    const {found} = await choose('eve/engine')
    expect(found).to.deep.include({
      code: 'NO_SUCH_REPOSITORY',
      exitCode: 1,
      details: {candidates: ['ada/engine', 'ada/analytical-engine']},
    })
    const asked = await choose('eve/engine', {interactive: true, choices: ['ada/engine']})
    expect(asked.found).to.include({id: 'id-1'})
    const unlike = await choose('eve/else', {interactive: true, choices: ['ada/engine']})
    expect(unlike).to.deep.include({offered: []})
  })

  it('guesses nothing without a terminal: 2, with the origin of the folder', async () => {
    const {found, offered} = await choose(undefined, {origin: 'ada/engine'})
    expect(found).to.include({code: 'USAGE', exitCode: 2})
    expect(found).to.have.property('remedy').that.includes('ada/engine')
    expect(offered).to.deep.equal([])
    expect((await choose(undefined)).found)
      .to.have.property('remedy')
      .that.includes('mogplex repos list')
  })

  it('offers the origin of the folder first, then the others', async () => {
    const options = {interactive: true, origin: 'ada/engine', choices: ['bob/notes']}
    const {found, offered, kept} = await choose(undefined, options)
    expect(found).to.include({id: 'id-2'})
    expect(offered).to.deep.equal([
      'In which repository?',
      'ada/engine the origin of this folder',
      'ada/analytical-engine',
      'bob/notes',
    ])
    expect(kept).to.deep.equal(['ada/analytical-engine', 'ada/engine', 'bob/notes'])
  })

  it('does not offer an origin that Mogplex may not work on', async () => {
    const options = {interactive: true, origin: 'eve/evil', choices: ['bob/notes']}
    expect((await choose(undefined, options)).offered).to.have.length(4)
  })

  it('reports that there is no repository, and that nothing was chosen', async () => {
    expect((await choose(undefined, {interactive: true, repos: []})).found).to.include({
      exitCode: 2,
    })
    const left = await choose(undefined, {interactive: true, choices: ['none']})
    expect(left.found).to.include({code: 'CANCELLED', exitCode: 130})
  })
})
