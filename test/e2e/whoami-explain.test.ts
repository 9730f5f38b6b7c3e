import {expect} from 'chai'
import {keyProblem} from '../../src/domain/credential/malformed.js'
import {providerOf} from '../../src/domain/credential/provider-table.js'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('mogplex whoami --explain', () => {
  const stage = setStage()

  it('shows every source, its outcome, and the command that changes it', async () => {
    await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const env = {OPENAI_API_KEY, GROQ_API_KEY: ' ', XAI_API_KEY: stage.secret('xai-also-there')}
    const result = await stage.run(['whoami', '--explain'], {env})
    expectExit(result, 0)
    const [, trace = ''] = result.stdout.split('The account, highest rank first\n')
    const [account = '', model = ''] = trace.split(
      '\n\nWhat pays for prompts, highest rank first\n',
    )
    expect(account).to.match(/^ {2}~\/\.mogplex\/auth\.json \(mogplex\) +used {2}mogplex logout$/m)
    expect(account).to.match(/^ {2}nothing in MOGPLEX_API_KEY$/m)
    expect(model).to.match(/^ {2}OPENAI_API_KEY +used {2}unset OPENAI_API_KEY$/m)
    expect(model).to.match(/^ {2}GROQ_API_KEY +empty$/m)
    expect(model).to.match(
      /^ {2}XAI_API_KEY +outranked by OPENAI_API_KEY {2}unset OPENAI_API_KEY$/m,
    )
    expect(model).to.match(
      /^ {2}~\/\.mogplex\/auth\.json \(mogplex\) +outranked by OPENAI_API_KEY/m,
    )
  })

  it('adds the trace to the JSON, in the order of the checks', async () => {
    await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-pays-for-prompts')
    const result = await stage.run(['whoami', '--explain', '--json'], {env: {OPENAI_API_KEY}})
    const {trace, profileTrace, ...rest} = jsonOf(result)
    expect(Object.keys(rest)).to.deep.equal(['account', 'model', 'outranked'])
    expect(profileTrace).to.be.an('array').with.length(4)
    const entries = trace as Record<string, unknown>[]
    const file = {type: 'file', path: stage.authPath}
    const ofModel = entries.filter((entry) => entry.for === 'model')
    expect(entries.slice(0, 2)).to.deep.equal([
      {
        source: {type: 'env', variable: 'MOGPLEX_API_KEY'},
        provider: 'mogplex',
        for: 'account',
        state: 'absent',
      },
      {source: file, provider: 'mogplex', for: 'account', state: 'used', remedy: 'mogplex logout'},
    ])
    expect(ofModel).to.have.length(20)
    expect(ofModel.slice(0, 3).map(({state}) => state)).to.deep.equal(['absent', 'absent', 'used'])
    expect(ofModel[10]).to.deep.equal({
      source: file,
      provider: 'mogplex',
      for: 'model',
      state: 'outranked',
      by: 'OPENAI_API_KEY',
      remedy: 'unset OPENAI_API_KEY',
    })
  })

  it('explains why nobody is signed in, and still exits with 64', async () => {
    const result = await stage.run(['whoami', '--explain'])
    expectExit(result, 64)
    expect(result.stdout).to.match(/nothing in MOGPLEX_API_KEY, ~\/\.mogplex\/auth\.json$/m)
  })

  it('includes its trace with the error for --json, on one line, with the same exit code', async () => {
    const MOGPLEX_API_KEY = stage.secret('"mog_in-quotes"')
    for (const [args, env, exitCode] of [
      [[], {}, 64],
      [[], {MOGPLEX_API_KEY}, 64],
      [['--require', 'model'], {OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'bogus'}, 2],
    ] as const) {
      const plain = jsonErrorOf(await stage.run(['whoami', ...args, '--json'], {env}))
      const result = await stage.run(['whoami', ...args, '--explain', '--json'], {env})
      expectExit(result, exitCode)
      const [line, ...more] = jsonLines(result)
      expect(more).to.deep.equal([])
      const {error, trace, profileTrace, ...rest} = line as Record<string, unknown>
      expect({error, rest}).to.deep.equal({error: plain, rest: {}})
      expect(trace).to.be.an('array').with.length(22)
      expect(profileTrace).to.be.an('array').with.length(4)
    }
  })

  it('shows an empty variable at its rank, and what is wrong with a malformed one', async () => {
    const env = {MOGPLEX_API_KEY: ' ', OPENAI_API_KEY: stage.secret('"sk-in-quotes"')}
    const {code, stdout} = await stage.run(['whoami', '--explain'], {env})
    expect(code).to.equal(64)
    expect(stdout.match(/highest rank first\n {2}MOGPLEX_API_KEY +empty\n/g)).to.have.length(2)
    expect(stdout).to.match(/\n {2}OPENAI_API_KEY +malformed: /)
    expect(stdout).to.include(keyProblem(providerOf('openai'), '"x"'))
  })

  it('explains foreign and malformed sources, and those of another server', async () => {
    await stage.putAuthFile('{"mogplex": {"type": "of a later version"}}')
    const ANTHROPIC_API_KEY = stage.secret('not a key, two words')
    const result = await stage.run(['whoami', '--explain'], {env: {ANTHROPIC_API_KEY}})
    expectExit(result, 64)
    expect(result.stdout).to.match(/auth\.json \(mogplex\) +foreign {2}mogplex login$/m)
    expect(result.stdout).to.match(/ANTHROPIC_API_KEY +malformed: .* {2}unset ANTHROPIC_API_KEY$/m)
    await stage.putLogin()
    const env = {MOGPLEX_URL: 'https://mogplex.example.test'}
    const elsewhere = await stage.run(['whoami', '--explain'], {env})
    expect(elsewhere.stdout).to.match(
      /auth\.json \(mogplex\) +elsewhere: .*mogplex\.example\.test {2}mogplex login$/m,
    )
  })
})
