import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {Secret} from '../../src/domain/credential/secret.js'
import {ownId} from '../../src/domain/hosted/hosted-account.js'
import {streamOf} from '../support/chat-frames.js'
import {startStubServer} from '../support/stub-server.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {putPlugins} from '../support/put-plugins.js'
import {type SignInStage, setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const TOKEN = 'a-vercel-token-of-the-judgement-test'
const NEEDS_MODEL = `exports.default = class {
  static auth = 'model'
  static args = {}
  static flags = {}
  static async run() { console.log('it ran') }
}`

interface State {
  readonly what: string
  /** The results of `whoami --require model`, of the gate, and of a refused prompt. */
  readonly exitCode: 0 | 2 | 64 | 65
  readonly code?: string
  readonly put?: (stage: SignInStage) => Promise<unknown>
  readonly env?: (stage: SignInStage) => Promise<Record<string, string>> | Record<string, string>
}

const NOBODY: State = {what: 'nobody', exitCode: 64, code: 'NO_MODEL_CREDENTIAL'}
const MALFORMED: State = {
  what: 'a malformed variable',
  exitCode: 64,
  code: 'MALFORMED_VARIABLE',
  put: (stage) => stage.putLogin(),
  env: () => ({OPENAI_API_KEY: 'a b'}),
}
const NO_ADDRESS: State = {
  what: 'an invalid address',
  exitCode: 2,
  code: 'BAD_SETTING',
  env: (stage) => ({OPENAI_API_KEY: stage.secret('sk-pays-for-prompts'), OPENAI_BASE_URL: 'bogus'}),
}
const NO_YES: State = {
  what: 'VERCEL_API_TOKEN, to which nobody said yes',
  exitCode: 64,
  code: 'PAYMENT_NOT_CONFIRMED',
  env: (stage) => ({VERCEL_API_TOKEN: stage.secret(TOKEN)}),
}
const NO_MODEL: State = {
  what: 'an account without models, by a key',
  exitCode: 65,
  code: 'NO_MODEL_ACCESS',
  put: async (stage) => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey(GRACE)
    stage.env.MOGPLEX_API_KEY = MOGPLEX_API_KEY
    await stage.run(['models', '--refresh'])
  },
}
const NO_BALANCE: State = {
  what: 'an account without a balance',
  exitCode: 65,
  code: 'NO_MODEL_ACCESS',
  put: async (stage) => {
    stage.env.MOGPLEX_API_KEY = await stage.cloud.createKey(ADA)
    expectExit(await stage.run(['--prompt', 'x [no-balance]']), 65)
  },
}
const KEY_BESIDE: State = {
  what: 'a key beside the login',
  exitCode: 0,
  async put(stage) {
    await stage.signIn()
    const stdin = `${await stage.cloud.createKey(ADA)}\n`
    expectExit(await stage.run(['login', '--with-api-key'], {stdin}), 0)
  },
}

/**
 * Creates the state, and checks it in all four ways; the prompt comes last, since it may reveal
 * more.
 */
function table(stage: SignInStage, states: readonly State[]): void {
  for (const {what, exitCode, code, put, env} of states) {
    it(`exits with ${exitCode} for ${what}`, async () => {
      await putPlugins(stage, {
        tiny: {
          'package.json': {oclif: {commands: './commands'}},
          'commands/needs-model.js': NEEDS_MODEL,
        },
      })
      await put?.(stage)
      Object.assign(stage.env, await env?.(stage))
      const whoami = await stage.run(['whoami', '--require', 'model', '--json'])
      const gate = await stage.run(['needs-model', '--json'])
      const prompt = await stage.run(['--prompt', balanceOr('x', what), '--json'])
      for (const [by, result] of Object.entries({whoami, gate, prompt})) {
        expect(result.code, `${by}: ${result.stdout}`).to.equal(exitCode)
        if (code !== undefined) expect(jsonErrorOf(result).code, by).to.equal(code)
      }
      if (exitCode === 0) expect(gate.stdout).to.include('it ran')
    })
  }
}

function balanceOr(prompt: string, what: string): string {
  return what === NO_BALANCE.what ? `${prompt} [no-balance]` : prompt
}

describe('whoami --require model, the gate, and the next prompt', () => {
  describe('at a Mogplex that accepts API keys for prompts, as the hosted one does', () => {
    const stage = setStage()
    table(stage, [
      NOBODY,
      MALFORMED,
      NO_ADDRESS,
      NO_YES,
      NO_MODEL,
      NO_BALANCE,
      KEY_BESIDE,
      {what: 'a login', exitCode: 64, code: 'CREDENTIAL_NOT_ACCEPTED', put: (on) => on.signIn()},
      {
        what: 'a login that an older version stored, once it was synced',
        exitCode: 64,
        code: 'CREDENTIAL_NOT_ACCEPTED',
        async put(on) {
          await on.putLogin()
          // the answer is not known yet
          expectExit(await on.run(['whoami', '--require', 'model']), 0)
          expectExit(await on.run(['models', '--refresh']), 0)
        },
      },
      {
        what: 'a login that an older version stored, once a prompt was refused',
        exitCode: 64,
        code: 'CREDENTIAL_NOT_ACCEPTED',
        async put(on) {
          await on.putLogin()
          expectExit(await on.run(['--prompt', 'x']), 64)
        },
      },
    ])

    it('lets the login be the account all the same, and list the models', async () => {
      await stage.signIn()
      expectExit(await stage.run(['whoami', '--require', 'write']), 0)
      expectExit(await stage.run(['models']), 0)
      const {account, model, modelProblem} = jsonOf(await stage.run(['whoami', '--json']))
      expect(account).to.include({email: ADA})
      expect(model).to.equal(null)
      expect(modelProblem).to.include({remedy: 'mogplex login --with-api-key'})
    })

    it('exits with 0 for VERCEL_API_TOKEN, once consent is stored', async () => {
      const server = await startStubServer((response, {path}) => {
        response.end(path === '/models' ? '{"data":[{"id":"stub-1"}]}' : streamOf('Hi'))
      })
      const source = {type: 'env', variable: 'VERCEL_API_TOKEN'} as const
      const key = new Secret(stage.secret(TOKEN))
      const confirmed = [ownId({type: 'api-key', provider: 'vercel', source, key})]
      await stage.putAuthFile('{}')
      const choices = join(dirname(stage.authPath), 'model-choices.json')
      await writeFile(choices, JSON.stringify({models: {}, confirmed}), {mode: 0o600})
      const env = {VERCEL_API_TOKEN: TOKEN, VERCEL_BASE_URL: server.url}
      for (const args of [
        ['whoami', '--require', 'model'],
        ['--prompt', 'x'],
      ]) {
        expectExit(await stage.run(args, {env}), 0)
      }
    })

    it('keeps the answer through a refresh, and forgets it with a new login', async () => {
      await stage.signIn()
      await stage.cloud.expireAccessTokens()
      const before = await stage.storedLogin()
      const past = new Date(Date.now() - 3_600_000).toISOString()
      const text = (await stage.authText()) ?? ''
      await stage.putAuthFile(text.replace(before.expiresAt ?? '', past))
      expectExit(await stage.run(['whoami', '--verify']), 0)
      const {accessToken, prompts} = await stage.storedLogin()
      expect(accessToken === before.accessToken).to.equal(false)
      expect(prompts).to.deep.equal(before.prompts)
      stage.intercept(async ({url}) => {
        const isPrompt = new URL(url).pathname.startsWith('/api/cli/')
        return Promise.resolve(isPrompt ? new Response('', {status: 503}) : undefined)
      })
      await stage.signIn()
      expect(await stage.storedLogin()).not.to.have.property('prompts')
    })

    it('explains at once after a sign-in where to get access', async () => {
      const {stderr} = await stage.signIn()
      expect(stderr)
        .to.include('/settings/api-keys')
        .and.include('/settings/models')
        .and.include('/settings/billing')
      const other = await stage.signIn(ADA, {
        env: {OPENAI_API_KEY: stage.secret('sk-pays-for-prompts')},
      })
      expect(other.stderr).not.to.include('/settings/billing')
    })

    it('reports once, to a person, that something else pays since a sync', async () => {
      const login = await stage.putLogin()
      const openai = {
        type: 'api-key',
        key: stage.secret('sk-stored-for-prompts'),
        obtainedAt: login.obtainedAt,
      }
      await stage.putAuthFile(JSON.stringify({mogplex: login, openai}))
      expectExit(await stage.run(['models', '--refresh']), 0)
      expect((await stage.run(['whoami'])).stderr).to.equal('')
      const said = 'cannot pay for prompts at'
      for (const times of [1, 0]) {
        const terminal = stage.terminal(['whoami'])
        await terminal.exit
        expect(terminal.scrollback().split(said)).to.have.length(times + 1)
      }
      const {model} = jsonOf(await stage.run(['whoami', '--json']))
      expect(model).to.include({provider: 'openai'})
    })
  })

  describe('at a Mogplex that accepts logins, too', () => {
    const stage = setStage({inferenceAccepts: 'oauth'})
    table(stage, [
      {what: 'a login', exitCode: 0, put: (on) => on.signIn()},
      {
        what: 'a login of an account without models',
        exitCode: 65,
        code: 'NO_MODEL_ACCESS',
        put: (on) => on.signIn(GRACE),
      },
      KEY_BESIDE,
    ])

    it('forgets the missing balance as soon as a prompt is answered, or with a sync', async () => {
      await stage.signIn()
      const exitOf = async (...args: string[]) => (await stage.run(args)).code
      for (const cure of [
        ['--prompt', 'x'],
        ['models', '--refresh'],
      ]) {
        expect(await exitOf('--prompt', 'x [no-balance]')).to.equal(65)
        expect(await exitOf('whoami', '--require', 'model')).to.equal(65)
        expect(await exitOf(...cure)).to.equal(0)
        expect(await exitOf('whoami', '--require', 'model')).to.equal(0)
      }
    })

    it('reports missing models at once after a sign-in', async () => {
      const {stderr} = await stage.signIn(GRACE)
      expect(stderr).to.include('/settings/models').and.include('/settings/billing')
      expect((await stage.signIn(ADA)).stderr).not.to.include('/settings/billing')
    })
  })
})
