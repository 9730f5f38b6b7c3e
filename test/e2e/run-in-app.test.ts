import {expect} from 'chai'
import {PLACEHOLDER} from '../../src/app/composer/prompt-rows.js'
import {expectExit, jsonOf} from '../support/answers.js'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

const REPO = 'ada/analytical-engine'

describe('runs in the app, and at Tab', function () {
  this.timeout(120_000)
  const stage = setStage({runPace: 0.02})

  beforeEach(async () => {
    Object.assign(stage.env, preload('quick-pauses.cjs'))
    await stage.putLogin()
  })

  it('starts a run with /run, follows it live, and lists it with /runs', async () => {
    const terminal = stage.terminal([], {columns: 120, rows: 50})
    await terminal.see(PLACEHOLDER)
    terminal.type(`/run ${REPO} Mend the tests\r`)
    const [, id = ''] = await terminal.see(
      /Run ([\da-f-]{36}) is started in ada\/analytical-engine, with the key/,
    )
    await terminal.see(/Run ended: success/)
    await terminal.see(PLACEHOLDER)
    terminal.type('/runs\r')
    await terminal.see(new RegExp(`${id} +success +${REPO} +main +\\d+s ago`))
    await terminal.see(PLACEHOLDER)
    terminal.type(`/runs ${id.slice(0, 4)}\t`)
    await terminal.see(new RegExp(`^ {2}${id} +main$`, 'm'))
    terminal.type('\t')
    await terminal.see(`/runs ${id}`)
    terminal.type('\r')
    await terminal.see(`/attach ${id}`)
    await terminal.see(PLACEHOLDER)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('completes a repository, asks which one, and needs a prompt', async () => {
    const terminal = stage.terminal([], {columns: 120, rows: 50})
    await terminal.see(PLACEHOLDER)
    terminal.type('/run ada/ana\t')
    await terminal.see(/^ {2}ada\/analytical-engine +main$/m)
    terminal.type('\t')
    await terminal.see(`/run ${REPO}`)
    terminal.type('\r')
    await terminal.see('The prompt is missing.')
    await terminal.see(PLACEHOLDER)
    terminal.type('/run Mend the tests\r')
    await terminal.see('In which repository?')
    terminal.press('escape')
    await terminal.see('Nothing was chosen.')
    await terminal.see(PLACEHOLDER)
    terminal.type('/runs\r')
    await terminal.see('No run was started here yet.')
    await terminal.see(PLACEHOLDER)
    terminal.type('/run Mend the tests\r')
    await terminal.see('In which repository?')
    terminal.type('bern')
    await terminal.see(/❯ ada\/bernoulli-numbers/)
    terminal.press('enter')
    await terminal.see(/is started in ada\/bernoulli-numbers/)
    await terminal.see(/Run ended: success/)
    await terminal.see(PLACEHOLDER)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('completes repositories and runs in the shell, from stored data', async () => {
    const complete = async (...words: string[]): Promise<string> =>
      (await stage.run(['__complete', '--', ...words])).stdout
    expect(await complete('run', '--repo', '')).to.equal('')
    expectExit(await stage.run(['repos', 'list']), 0)
    const started = await stage.run(['run', '--repo', REPO, 'Mend', '--json'])
    expectExit(started, 0)
    const before = stage.cloud.requests.length
    expect(await complete('run', '--repo', 'ada/an')).to.equal(`${REPO}\n`)
    expect(await complete('sandboxes', 'list', '--repo', '')).to.equal(
      `${REPO}\nada/bernoulli-numbers\n`,
    )
    const id = `${String(jsonOf(started).runId)}\n`
    for (const command of ['get', 'events', 'cancel']) {
      expect(await complete('runs', command, '')).to.equal(id)
    }
    expect(await complete('attach', '')).to.equal(id)
    expect(await complete('run', '--harness', 'c')).to.equal('codex\nclaude-code\n')
    expect(await complete('ru')).to.match(/^run\tStart an agent.*\nruns\tShow a run/)
    expect(stage.cloud.requests).to.have.length(before)
  })
})
