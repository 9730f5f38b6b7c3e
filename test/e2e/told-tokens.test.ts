import {expect} from 'chai'
import {expectExit, jsonLines} from '../support/answers.js'
import {streamOf} from '../support/chat-frames.js'
import {RUN_ID} from '../support/make-run.js'
import {logEvent, scriptRun} from '../support/scripted-run.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

const KEY = 'sk-proj-of-the-told-tokens-test-0123456789'

/** After each test, the stage searches all output and all files. */
describe('a server that repeats our own token', () => {
  const stage = setStage()

  async function tellToken(): Promise<string> {
    const {accessToken: token} = await stage.putLogin()
    const events = [
      {...logEvent(0), message: `see ${token}`},
      {...logEvent(1), type: token, toolName: token, payload: {[token]: [token]}},
    ]
    const script = [
      {status: `odd ${token}`, events: events.slice(0, 1)},
      {status: 'failed', error: `it held ${token}`, run: {repoId: token}, events},
    ]
    scriptRun(stage, script)
    return token
  }

  it('is not quoted by attach', async () => {
    await tellToken()
    const result = await stage.run(['attach', RUN_ID])
    expectExit(result, 1)
    expect(result.stdout).to.include('see [redacted]')
  })

  it('is not quoted by attach --json, whose lines stay JSON', async () => {
    await tellToken()
    const lines = jsonLines(await stage.run(['attach', RUN_ID, '--json'])) as {message?: string}[]
    expect(lines[0]).to.include({message: 'see [redacted]'})
    expect(lines.length).to.be.above(2)
  })

  it('is not stored among the models, nor shown from there', async () => {
    const {accessToken: token} = await stage.putLogin()
    stage.intercept(async ({url}) => {
      const limits = {contextLength: null, capabilities: [], pricing: {input: null, output: null}}
      const model = {id: 'a/m1', provider: 'a', name: `Model ${token}`, ...limits}
      const isAsked = url.endsWith('/models')
      return Promise.resolve(
        isAsked ? Response.json({ok: true, data: {models: [model]}}) : undefined,
      )
    })
    const refreshed = await stage.run(['models', '--refresh'])
    expectExit(refreshed, 0)
    expect(refreshed.stdout).to.include('[redacted]')
    const kept = jsonLines(await stage.run(['models', '--json']))
    expect(kept[0]).to.include({name: 'Model [redacted]'})
  })

  it('is not quoted as the name of the account', async () => {
    const login = await stage.putLogin()
    const account = {id: 'usr_1', name: login.accessToken, email: `${login.accessToken}@a.test`}
    await stage.putAuthFile(JSON.stringify({mogplex: {...login, account}}))
    for (const args of [['whoami'], ['whoami', '--json'], ['whoami', '--explain']]) {
      const result = await stage.run(args)
      expectExit(result, 0)
      expect(result.stdout).to.include('[redacted]')
    }
  })

  it('is not quoted by a streaming answer, in any chunks', async () => {
    const pieces = [`A key: ${KEY.slice(0, 12)}`, KEY.slice(12, 30), `${KEY.slice(30)}, and more`]
    const body = streamOf(...pieces)
    const server = await startStubServer((response) => {
      response.writeHead(200, {'content-type': 'text/event-stream'}).end(body)
    })
    const env = {OPENAI_API_KEY: stage.secret(KEY), OPENAI_BASE_URL: `${server.url}/v1/`}
    const prompt = ['--prompt', 'Tell', '--model', 'stub-1']
    const result = await stage.run(prompt, {env})
    expectExit(result, 0)
    expect(result.stdout).to.equal('A key: [redacted], and more\n')
  })
})
