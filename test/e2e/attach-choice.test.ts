import {expect} from 'chai'
import {WHICH_RUN} from '../../src/app/run/choose-run.js'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'

describe('mogplex attach without a run', () => {
  const stage = setStage({runPace: 0.02})

  it('offers those attached to before, newest first, and shows the chosen one', async () => {
    await stage.putLogin()
    const [old, young] = [stage.cloud.startRun(ADA), stage.cloud.startRun(ADA)]
    for (const id of [old, young, old]) expectExit(await stage.run(['attach', id]), 0)
    expectExit(await stage.run(['attach', 'no-such-run']), 1)
    const terminal = stage.terminal(['attach'], {columns: 100})
    await terminal.see(new RegExp(`${WHICH_RUN.replace('?', '\\?')}.*\\n. ${old}.*\\n. ${young}`))
    expect(terminal.screen()).not.to.include('no-such-run')
    terminal.press('down')
    await terminal.see(`❯ ${young}`)
    terminal.press('enter')
    await terminal.see(`Run ${young}`)
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(60_000)

  it('is a usage error without a terminal, or without a run to choose from', async () => {
    await stage.putLogin()
    expectExit(await stage.run(['attach']), 2)
    expect(jsonErrorOf(await stage.run(['attach', '--json']))).to.include({exitCode: 2})
    expect((await stage.terminal(['attach']).exit).code).to.equal(2)
  })

  it('offers nothing of another account', async () => {
    await stage.putLogin()
    expectExit(await stage.run(['attach', stage.cloud.startRun(ADA)]), 0)
    await stage.putLogin('grace@example.test')
    expect((await stage.terminal(['attach']).exit).code).to.equal(2)
  })
})
