import {expect} from 'chai'
import {earlyEndText} from '../../src/app/prompt/answer-end-text.js'
import {ANSWER_INTERRUPTED} from '../../src/app/composer/interruptible-work.js'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {loginCannotPay} from '../../src/domain/credential/login-for-prompts.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {DONE, frame, streamOf, textFrame, USAGE} from '../support/chat-frames.js'
import {plainCli} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

const KEY = 'sk-proj-of-the-prompt-test-0123456789'

function endFrame(finish: string): string {
  return frame({choices: [{index: 0, delta: {}, finish_reason: finish}], model: 'stub-1'})
}

describe('mogplex --prompt', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})

  /** An environment in which a stub of OpenAI pays; `answer` returns the response to a prompt. */
  async function stubOf(answer: () => {status?: number; body: string; headers?: object}) {
    const server = await startStubServer((response, {path}) => {
      if (path === '/v1/models') {
        response.end('{"data":[{"id":"text-embedding-1"},{"id":"stub-1"}]}')
        return
      }
      const {status = 200, body, headers = {}} = answer()
      response.writeHead(status, {'content-type': 'text/event-stream', ...headers}).end(body)
    })
    const env = {OPENAI_API_KEY: stage.secret(KEY), OPENAI_BASE_URL: `${server.url}/v1/`}
    return {server, env, host: new URL(server.url).host}
  }

  it('prints only the answer on stdout, with a login that pays', async () => {
    await stage.putLogin()
    const result = await stage.run(['--prompt', 'What is a nanosecond?'])
    expectExit(result, 0)
    expect(result.stdout).to.match(/^Claude Sonnet 4\.5, canned by the local cloud\.\n/)
    expect(result.stdout)
      .to.include('“What is a nanosecond?”')
      .and.match(/[^\n]\n$/)
    expect(result.stderr).to.equal('')
  })

  it('prints one object with --json', async () => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
    const args = ['-p', 'Hello', '--json', '--model', 'openai/gpt-5-mini']
    const answer = jsonOf(await stage.run(args, {env: {MOGPLEX_API_KEY}}))
    expect(Object.keys(answer)).to.deep.equal([
      'provider',
      'model',
      'text',
      'finishReason',
      'usage',
    ])
    expect(answer).to.include({provider: 'mogplex', model: 'openai/gpt-5-mini'})
    expect(answer.text).to.include('HELLO')
    expect(answer.usage).to.include.keys('promptTokens', 'completionTokens', 'totalTokens')
  })

  it('reads the prompt from standard input with -', async () => {
    await stage.putLogin()
    const result = await stage.run(['--prompt', '-'], {stdin: 'first line\nsecond line\n'})
    expectExit(result, 0)
    expect(result.stdout).to.include('“first line\nsecond line”')
  })

  it('rejects an empty prompt, and an invalid model: exit 2', async () => {
    await stage.putLogin()
    for (const args of [
      ['--prompt', ''],
      ['--prompt', '-'],
      ['--prompt', 'x', '--model', ''],
      ['--model', 'x'],
    ]) {
      expect(jsonErrorOf(await stage.run([...args, '--json'])), args.join(' ')).to.include({
        code: 'USAGE',
        exitCode: 2,
      })
    }
  })

  it('uses the provider whose variable pays, with its key and a model that it lists', async () => {
    await stage.putLogin()
    const {server, env} = await stubOf(() => ({body: streamOf('Hi ', 'there')}))
    const requests = stage.cloud.requests.length
    const answer = jsonOf(await stage.run(['--prompt', 'Hello', '--json'], {env}))
    expect(answer).to.deep.equal({
      provider: 'openai',
      model: 'stub-1',
      text: 'Hi there',
      finishReason: 'stop',
      usage: USAGE,
    })
    const [, asked] = server.requests
    expect(asked?.headers.authorization === `Bearer ${KEY}`, 'the key was sent').to.equal(true)
    expect(JSON.parse(asked?.body ?? '')).to.deep.include({
      model: 'stub-1',
      messages: [{role: 'user', content: 'Hello'}],
      stream: true,
    })
    expect(stage.cloud.requests, 'Mogplex was not asked').to.have.length(requests)
  })

  it('uses --model for another payer, and sends the prompt only there', async () => {
    const {server, env} = await stubOf(() => ({body: streamOf('Hi')}))
    const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
    const both = {env: {...env, MOGPLEX_API_KEY}}
    const answer = jsonOf(
      await stage.run(['--prompt', 'x', '--json', '--model', 'openai: m-7'], both),
    )
    expect(answer).to.include({provider: 'openai', text: 'Hi'})
    expect(server.requests.map(({path}) => path)).to.deep.equal(['/v1/chat/completions'])
    expect(JSON.parse(server.requests[0]?.body ?? '')).to.include({model: 'm-7'})
    const missing = await stage.run(['--prompt', 'x', '--json', '--model', 'groq: x'], both)
    expect(jsonErrorOf(missing)).to.include({code: 'NO_MODEL_CREDENTIAL', exitCode: 64})
  })

  it('shows nothing that could move a cursor, set a title or write the clipboard', async () => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
    const result = await stage.run(['--prompt', 'now [controls]'], {env: {MOGPLEX_API_KEY}})
    expectExit(result, 0)
    expect(result.stdout).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(result.stdout).to.include('red')
  })

  it('shows the text before a failure in the middle, then the failure: exit 69', async () => {
    const {env, host} = await stubOf(() => ({
      body: textFrame('Half an ') + frame({error: {message: 'The provider fell over.'}}) + DONE,
    }))
    const text = await stage.run(['--prompt', 'x'], {env})
    expectExit(text, 69)
    expect(text.stdout).to.equal('Half an \n')
    expect(text.stderr).to.include(`${host} failed while it answered: The provider fell over.`)
    const json = jsonErrorOf(await stage.run(['--prompt', 'x', '--json'], {env}))
    expect(json).to.include({code: 'REMOTE', exitCode: 69})
  })

  it('distinguishes an interrupted stream from a whole one: exit 69', async () => {
    const {env} = await stubOf(() => ({body: textFrame('Half')}))
    const result = await stage.run(['--prompt', 'x'], {env})
    expectExit(result, 69)
    expect(result.stdout).to.equal('Half\n')
    expect(result.stderr).to.include('in the middle of the answer')
  })

  it('names the rejected variable or stored entry, and how to change it', async () => {
    const quoted = JSON.stringify({error: {message: `Incorrect API key provided: ${KEY}`}})
    const {env} = await stubOf(() => ({status: 401, body: quoted}))
    const rejected = await stage.run(['--prompt', 'x'], {env})
    expectExit(rejected, 64)
    expect(rejected.stderr)
      .to.include('rejects OPENAI_API_KEY')
      .and.include('`unset OPENAI_API_KEY`')
    const stored = {openai: {type: 'api-key', key: KEY, obtainedAt: '2026-01-01T00:00:00.000Z'}}
    await stage.putAuthFile(JSON.stringify(stored))
    const {OPENAI_BASE_URL} = env
    const error = jsonErrorOf(
      await stage.run(['--prompt', 'x', '--json'], {env: {OPENAI_BASE_URL}}),
    )
    expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(error.message).to.include('openai in ')
    expect(error.remedy).to.include('`mogplex logout --provider openai`')
  })

  it('says what an account lacks and where to get it, and keeps it signed in: exit 65', async () => {
    const login = await stage.putLogin('grace@example.test')
    const error = jsonErrorOf(await stage.run(['--prompt', 'x', '--json']))
    expect(error).to.include({code: 'NO_MODEL_ACCESS', exitCode: 65})
    expect(error.message).to.include('You stay signed in')
    expect(error.remedy)
      .to.include(`${stage.cloud.url}/settings/models`)
      .and.include(`${stage.cloud.url}/settings/billing`)
    expect(await stage.storedLogin()).to.deep.equal(login)
  })

  it('says when to try again: exit 75, and 69 where the server fails', async () => {
    await stage.putLogin()
    const busy = jsonErrorOf(await stage.run(['--prompt', '[busy]', '--json']))
    expect(busy).to.include({code: 'RATE_LIMITED', exitCode: 75, remedy: 'Try again in 30 s.'})
    const down = jsonErrorOf(await stage.run(['--prompt', '[down]', '--json']))
    expect(down).to.include({exitCode: 69, remedy: 'Try again in 5 s.'})
  })

  it('detects a rate-limited key where it looks like a wrong one: exit 75', async () => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
    const headers = {authorization: `Bearer ${MOGPLEX_API_KEY}`}
    for (let times = 0; times < 60; times += 1) {
      await fetch(`${stage.cloud.url}/api/settings`, {headers})
    }
    const error = jsonErrorOf(
      await stage.run(['--prompt', 'x', '--json'], {env: {MOGPLEX_API_KEY}}),
    )
    expect(error).to.include({code: 'RATE_LIMITED', exitCode: 75, remedy: 'Try again in 60 s.'})
  })

  it('refreshes a rejected login, and answers', async () => {
    const login = await stage.putLogin()
    let rejected = 0
    stage.intercept(async (request) => {
      if (!request.url.endsWith('/chat/completions') || rejected > 0)
        return Promise.resolve(undefined)
      rejected += 1
      return Promise.resolve(Response.json({error: 'Unauthorized'}, {status: 401}))
    })
    expectExit(await stage.run(['--prompt', 'x']), 0)
    expect((await stage.storedLogin()).accessToken === login.accessToken).to.equal(false)
  })

  it('needs a credential that pays: exit 64', async () => {
    const error = jsonErrorOf(await stage.run(['--prompt', 'x', '--json']))
    expect(error).to.include({code: 'NO_MODEL_CREDENTIAL', exitCode: 64})
  })

  it('does not let VERCEL_API_TOKEN pay without consent; it asks once at a terminal', async () => {
    const server = await startStubServer((response, {path}) => {
      response.end(path === '/models' ? '{"data":[{"id":"stub-1"}]}' : streamOf('Paid for.'))
    })
    const VERCEL_API_TOKEN = stage.secret('vercel-token-of-the-test')
    const env = {VERCEL_API_TOKEN, VERCEL_BASE_URL: server.url}
    const refused = jsonErrorOf(await stage.run(['--prompt', 'x', '--json'], {env}))
    expect(refused).to.include({code: 'PAYMENT_NOT_CONFIRMED', exitCode: 64})
    const no = stage.terminal(['--prompt', 'x'], {env})
    await no.see('(y/N)')
    no.press('enter')
    expect((await no.exit).code).to.equal(64)
    expect(server.requests, 'nothing was sent').to.deep.equal([])

    const yes = stage.terminal(['--prompt', 'x'], {env})
    await yes.see('VERCEL_API_TOKEN is set. Use it to pay for prompts, at Vercel AI Gateway?')
    yes.type('y')
    yes.press('enter')
    await yes.see('Paid for.')
    expect((await yes.exit).code).to.equal(0)
    expect(yes.scrollback()).to.include('vercel: stub-1, 3 tokens in, 5 out')
    expect(jsonOf(await stage.run(['--prompt', 'x', '--json'], {env}))).to.include({
      text: 'Paid for.',
    })
    const choices = await readFile(join(stage.home, '.mogplex', 'model-choices.json'), 'utf8')
    expect(choices).to.match(/^\{"models":\{\},"confirmed":\["key-[0-9a-f]{16}"\]\}\n$/)
  })

  it('shows the usage to a person at a terminal', async () => {
    await stage.putLogin()
    const terminal = stage.terminal(['--prompt', 'Hello'])
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback()).to.match(
      /^mogplex: anthropic\/claude-sonnet-4\.5, 1 token in, \d+ out$/m,
    )
  })

  it('ends with Ctrl+C, in the middle of an answer and before it: exit 130', async () => {
    const {env} = await stubOf(() => ({body: 'never sent'}))
    const cli = stage.terminal(['--prompt', 'please [hang] now'], {
      env: {MOGPLEX_API_KEY: await stage.cloud.createKey('ada@example.test')},
    })
    await cli.see('canned by')
    cli.press('ctrl+c')
    expect((await cli.exit).code).to.equal(130)
    expect(cli.scrollback()).to.include(ANSWER_INTERRUPTED)
    const {OPENAI_BASE_URL: VERCEL_BASE_URL} = env
    const VERCEL_API_TOKEN = stage.secret('vercel-token-of-the-test')
    const asking = stage.terminal(['--prompt', 'x'], {env: {VERCEL_API_TOKEN, VERCEL_BASE_URL}})
    await asking.see('(y/N)')
    asking.press('ctrl+c')
    expect((await asking.exit).code).to.equal(130)
  })

  for (const finish of ['length', 'content_filter']) {
    it(`shows an answer that ended with ${finish}, and exits with 1`, async () => {
      const {env} = await stubOf(() => ({body: textFrame('Half of') + endFrame(finish) + DONE}))
      const plain = await stage.run(['--prompt', 'Hello'], {env})
      expectExit(plain, 1)
      expect(plain.stdout).to.equal('Half of\n')
      const why = earlyEndText({finish}) ?? 'no reason'
      expect(plain.stderr).to.include(why)
      const json = await stage.run(['--prompt', 'Hello', '--json'], {env})
      expectExit(json, 1)
      expect(JSON.parse(json.stdout)).to.include({text: 'Half of', finishReason: finish})
      expect(json.stderr).to.include(why)
    })
  }

  for (const [title, body] of [
    ['nothing at all', endFrame('stop') + DONE],
    ['blanks only', textFrame(' \n') + endFrame('stop') + DONE],
    ['the end of its length', endFrame('length') + DONE],
    ['a tool that was not offered', endFrame('tool_calls') + DONE],
  ] as const) {
    it(`reports an empty answer, and how to choose another model: ${title}`, async () => {
      const {env} = await stubOf(() => ({body}))
      const plain = await stage.run(['--prompt', 'Hello'], {env})
      expectExit(plain, 1)
      expect(plain.stdout.trim()).to.equal('')
      const error = jsonErrorOf(await stage.run(['--prompt', 'Hello', '--json'], {env}))
      expect(error).to.include({code: 'EMPTY_ANSWER', exitCode: 1})
      expect(error.message).to.include('stub-1')
      expect(error.remedy).to.include('/model').and.to.include('--model')
    })
  }

  it('tolerates a reader that closes early', async () => {
    const {env} = await stubOf(() => ({
      body: streamOf(...Array.from({length: 500}, () => 'many\n')),
    }))
    const [NODE, CLI = ''] = plainCli
    const result = await stage.run(['--prompt', 'x'], {
      env: {...env, NODE, CLI},
      command: ['/bin/sh', '-c', '"$NODE" "$CLI" "$@" | head -1', 'sh'],
    })
    expect(result).to.include({stdout: 'many\n', stderr: ''})
  })
})

describe('mogplex --prompt at a Mogplex that accepts only API keys, as the hosted one does', () => {
  const stage = setStage()

  it('explains that for a login, and which credential would work: exit 64', async () => {
    const login = await stage.putLogin()
    const result = await stage.run(['--prompt', 'x'])
    expectExit(result, 64)
    expect(result.stdout).to.equal('')
    expect(result.stderr)
      .to.include(loginCannotPay(stage.cloud.url).message)
      .and.include(`${stage.cloud.url}/settings/api-keys`)
    const {prompts, ...kept} = await stage.storedLogin()
    expect(kept).to.deep.equal(login)
    expect(prompts).to.include({accepted: false})
    expect(jsonErrorOf(await stage.run(['--prompt', 'x', '--json']))).to.include({
      code: 'CREDENTIAL_NOT_ACCEPTED',
      exitCode: 64,
    })
  })
})
