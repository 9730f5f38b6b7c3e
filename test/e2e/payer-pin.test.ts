import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'

describe('a payer that is pinned', function () {
  this.timeout(60_000)
  const stage = setStage({inferenceAccepts: 'oauth'})
  const OPENAI = {OPENAI_API_KEY: 'sk-proj-of-the-shell-0123456789'}
  beforeEach(() => stage.secret(OPENAI.OPENAI_API_KEY))

  it('lets a script continue only where exactly that provider pays', async () => {
    await stage.putLogin(ADA)
    expectExit(await stage.run(['whoami', '--require', 'payer=mogplex']), 0)
    const other = jsonErrorOf(
      await stage.run(['whoami', '--require', 'payer=mogplex', '--json'], {env: OPENAI}),
    )
    expect(other).to.include({code: 'OTHER_PAYER', exitCode: 64})
    expect(other.message).to.equal('OPENAI_API_KEY would pay for prompts, but only mogplex may.')
    expect(other.remedy).to.include('`unset OPENAI_API_KEY`')
    expectExit(await stage.run(['whoami', '--require', 'payer=openai'], {env: OPENAI}), 0)
    expectExit(await stage.run(['whoami', '--require', 'payer=openai']), 64)
    expectExit(await stage.run(['whoami', '--require', 'payer=nobody']), 2)
  })

  it('exits with 64 where nothing pays at all', async () => {
    const none = await stage.run(['whoami', '--require', 'payer=openai', '--json'])
    expect(jsonErrorOf(none)).to.include({code: 'NO_MODEL_CREDENTIAL', exitCode: 64})
  })

  it('stops a prompt before anything is sent, and selects nothing else', async () => {
    await stage.putLogin(ADA)
    const before = stage.cloud.requests.length
    for (const [args, env] of [
      [['--payer', 'openai'], {}],
      [['--payer', 'mogplex'], OPENAI],
      [[], {...OPENAI, MOGPLEX_PAYER: 'mogplex'}],
      [[], {MOGPLEX_PAYER: 'openai'}],
      // Naming its model does not make it a permitted payer.
      [['--model', 'mogplex: any'], {MOGPLEX_PAYER: 'openai'}],
    ] as const) {
      const result = await stage.run(['--prompt', 'hello', ...args, '--json'], {env})
      expect(jsonErrorOf(result), args.join(' ')).to.include({code: 'OTHER_PAYER', exitCode: 64})
    }
    expect(stage.cloud.requests).to.have.length(before)
    expectExit(await stage.run(['--prompt', 'hello', '--payer', 'mogplex']), 0)
  })

  it('is reported by whoami, and by its gate', async () => {
    await stage.putLogin(ADA)
    const env = {...OPENAI, MOGPLEX_PAYER: 'mogplex'}
    const said = await stage.run(['whoami'], {env})
    expectExit(said, 0)
    expect(said.stdout).to.match(
      /OPENAI_API_KEY would pay, but MOGPLEX_PAYER is set, and only mogplex may pay\. {2}unset OPENAI_API_KEY/,
    )
    expect(jsonOf(await stage.run(['whoami', '--json'], {env})).modelProblem).to.deep.equal({
      source: {type: 'env', variable: 'MOGPLEX_PAYER'},
      why: 'only mogplex may pay',
      remedy: 'unset OPENAI_API_KEY',
    })
    expectExit(await stage.run(['whoami', '--require', 'model'], {env}), 64)
  })

  it('is a usage error where the variable names no provider', async () => {
    await stage.putLogin(ADA)
    const env = {MOGPLEX_PAYER: 'Mogplex'}
    for (const args of [
      ['--prompt', 'hello'],
      ['whoami', '--require', 'model'],
    ]) {
      const error = jsonErrorOf(await stage.run([...args, '--json'], {env}))
      expect(error).to.include({code: 'BAD_SETTING', exitCode: 2})
      expect(error.message).to.include('MOGPLEX_PAYER')
    }
  })
})

describe('mogplex whoami --short', function () {
  this.timeout(60_000)
  const stage = setStage()

  for (const [title, env, expected, exitCode] of [
    ['who is signed in', {}, 'ada@example.test, nothing pays', 0],
    ['who else pays', {OPENAI_API_KEY: 'sk-shell'}, 'ada@example.test, openai pays', 0],
    ['the profile', {MOGPLEX_PROFILE: 'work'}, 'work: grace@example.test, nothing pays', 0],
    ['that nobody is', {MOGPLEX_PROFILE: 'none'}, 'none: not logged in', 64],
    ['a bad setting', {MOGPLEX_PROFILE: '-'}, '', 2],
  ] as const) {
    it(`is one line, without network: ${title}`, async () => {
      const login = await stage.putLogin(ADA)
      const prompts = {accepted: false, at: login.obtainedAt}
      await stage.putAuthFile(JSON.stringify({mogplex: {...login, prompts}}))
      if (title !== 'who is signed in' && title !== 'who else pays') {
        await stage.putProfile('work', 'grace@example.test')
      }
      const before = stage.cloud.requests.length
      const result = await stage.run(['whoami', '--short'], {env})
      expectExit(result, exitCode)
      const line = title === 'the profile' ? 'work: grace@example.test' : expected
      expect(result.stdout).to.equal(line === '' ? '' : `${line}\n`)
      if (exitCode !== 2) expect(result.stderr).to.equal('')
      expect(stage.cloud.requests).to.have.length(before)
    })
  }
})
