import {fakeSession, type FakeSessionOptions, runSlashCommand} from '@mogplex/plugin-kit/testing'
import {expect} from 'chai'
import {slashRun} from '../../src/slash/run.js'
import {slashRuns} from '../../src/slash/runs.js'

const ID = '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001'
const RUN = {runId: 'r1', status: 'pending', repoId: ID, branch: {base: 'main', working: 'main'}}
const RESPONSES = {
  '/repos': {repos: [{id: ID, full_name: 'ada/engine', default_branch: 'main'}]},
  '/runs': {...RUN, replayed: false},
  '/runs/r1': {run: RUN},
}

async function slash(command: typeof slashRun, text: string, options: FakeSessionOptions = {}) {
  const session = fakeSession({responses: RESPONSES, ...options})
  const ran: string[] = []
  const args = text.split(/\s+/).filter((word) => word !== '')
  const run = (line: string): void => void ran.push(line)
  const printed = await runSlashCommand(command, args, {session, text, run}).catch(
    (error: unknown) => error,
  )
  return {printed, ran, session}
}

describe('/run', () => {
  it('starts a run in the named repository, and follows it', async () => {
    const {printed, ran, session} = await slash(slashRun, 'ada/engine  Mend\n it ')
    expect(printed).to.have.length(1)
    expect(String(printed)).to.match(/^Run r1 is started in ada\/engine, with the key \S{36}\.$/)
    expect(ran).to.deep.equal(['/attach r1'])
    const body = session.requests.find(({path}) => path === '/runs')?.options.body
    expect(body).to.deep.equal({repoId: ID, prompt: 'Mend\n it'})
  })

  it('asks for the repository where none is named', async () => {
    const {ran, session} = await slash(slashRun, 'Mend it', {choices: ['ada/engine']})
    expect(ran).to.deep.equal(['/attach r1'])
    const body = session.requests.find(({path}) => path === '/runs')?.options.body
    expect(body).to.deep.equal({repoId: ID, prompt: 'Mend it'})
  })

  for (const text of ['', 'ada/engine', `${ID} `]) {
    it(`needs a prompt: ${JSON.stringify(text)}`, async () => {
      const {printed, session} = await slash(slashRun, text)
      expect(printed).to.include({exitCode: 2, message: 'The prompt is missing.'})
      expect(session.requests).to.deep.equal([])
    })
  }

  it('completes repositories', async () => {
    const context = {session: fakeSession({responses: RESPONSES}), signal: AbortSignal.timeout(999)}
    expect(await slashRun.complete?.('a', context)).to.deep.equal([
      {value: 'ada/engine', summary: 'main'},
    ])
  })
})

describe('/runs', () => {
  const recentRuns = [
    {id: 'r1', branch: 'main'},
    {id: 'gone', branch: ''},
  ]

  it('lists the runs of this machine that still exist at the service', async () => {
    const {printed} = await slash(slashRuns, '', {recentRuns})
    expect(String(printed)).to.match(
      /^run +status +repository +branch,r1 +pending +ada\/engine +main$/,
    )
    expect((await slash(slashRuns, '')).printed).to.match(/^No run was started here yet/)
  })

  it('shows one, and completes ids', async () => {
    const {printed} = await slash(slashRuns, 'r1')
    expect(printed).to.include.members(['Run r1', '  follow      /attach r1'])
    expect((await slash(slashRuns, 'a/b')).printed).to.include({exitCode: 2})
    const session = fakeSession({recentRuns})
    const context = {session, signal: AbortSignal.timeout(999)}
    expect(await slashRuns.complete?.('', context)).to.have.length(2)
  })
})
