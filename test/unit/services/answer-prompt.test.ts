import {expect} from 'chai'
import type {ChatApi} from '../../../src/adapters/chat-api.js'
import type {ChatEvent, ChatRequest} from '../../../src/domain/chat/chat.js'
import {NO_BALANCE, noBalance, noModelAccess} from '../../../src/domain/chat/chat-access-trouble.js'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {loginCannotPay} from '../../../src/domain/credential/login-for-prompts.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {
  type AnswerPorts,
  answerPrompt,
  type PromptRequest,
} from '../../../src/services/answer-prompt.js'
import {USAGE} from '../../support/chat-frames.js'
import {givenAccess} from '../../support/given-access.js'
import {givenChoices} from '../../support/given-choices.js'
import {makeKey, makeKeyBeside, makeLogin, makeShellKey} from '../../support/make-credential.js'
import {failureOf} from '../../support/services.js'

const SITE = 'https://mogplex.example'

const VERCEL = makeKey('vercel', {source: {type: 'env', variable: 'VERCEL_API_TOKEN'}})

describe('answerPrompt', () => {
  const asked: {request: ChatRequest; credential: Credential}[] = []
  let events: ChatEvent[]
  let listed: () => Promise<string[]>
  let refusal: Error | undefined
  let choices: ReturnType<typeof givenChoices>
  let checks: number
  const noted: (Credential | string)[] = []

  beforeEach(() => {
    asked.splice(0)
    events = [
      {type: 'text', text: 'Hel\u001b[2J'},
      {type: 'text', text: 'lo \ud83c'},
      {type: 'text', text: '\udf89'},
      {type: 'end', model: 'ran-1', finish: 'stop', usage: USAGE},
    ]
    listed = async () => Promise.resolve(['stub-1'])
    refusal = undefined
    choices = givenChoices()
    checks = 0
    noted.splice(0)
  })

  async function* given(): AsyncGenerator<ChatEvent, void> {
    for (const event of events) yield await Promise.resolve(event)
  }

  const api = (): ChatApi => ({
    ask: async (request, credential) => {
      asked.push({request, credential})
      return refusal === undefined ? Promise.resolve(given()) : Promise.reject(refusal)
    },
    models: async () => listed(),
  })

  async function answer(
    credential: Credential,
    {
      model,
      isExplicit = false,
      ...changes
    }: Partial<PromptRequest> & {
      model?: string
      isExplicit?: boolean
    } = {},
    ports: Partial<AnswerPorts> = {},
  ) {
    const all = answerPrompt(
      {
        chosen: {payer: () => ({credential, model, isExplicit})},
        choices,
        api,
        access: givenAccess(() => credential),
        checkToken: async () => Promise.resolve(void (checks += 1)),
        learn: async () => Promise.resolve(void noted.push('learnt')),
        balance: {
          note: async (payer) => Promise.resolve(void noted.push(payer)),
          forget: () => void noted.push('forgotten'),
        },
        ...ports,
      },
      {prompt: 'Hello?', confirm: async () => Promise.resolve(false), ...changes},
    )
    const heard = []
    for await (const event of all) heard.push(event)
    return heard
  }

  it('yields the model, then the answer without controls, then the end', async () => {
    const {source} = makeKey('openai')
    expect(await answer(makeKey('openai'), {model: 'gpt-5'})).to.deep.equal([
      {type: 'asking', provider: 'openai', source, model: 'gpt-5'},
      {type: 'text', text: 'Hel[2J'},
      {type: 'text', text: 'lo '},
      {type: 'text', text: '🎉'},
      {type: 'end', provider: 'openai', model: 'ran-1', finish: 'stop', usage: USAGE},
    ])
  })

  it('sends the conversation, then the prompt', async () => {
    const earlier = [
      {role: 'user', content: 'a'},
      {role: 'assistant', content: 'b'},
    ] as const
    await answer(makeKey('openai'), {model: 'gpt-5', earlier})
    expect(asked[0]?.request).to.deep.equal({
      model: 'gpt-5',
      messages: [...earlier, {role: 'user', content: 'Hello?'}],
    })
  })

  it('uses a model that the provider lists where none was chosen, and ours where it lists none', async () => {
    await answer(makeKey('openai'))
    listed = async () => Promise.reject(new RemoteError('no list'))
    await answer(makeKey('deepseek'))
    expect(asked.map(({request}) => request.model)).to.deep.equal(['stub-1', 'deepseek-chat'])
  })

  it('leaves the model to Mogplex', async () => {
    const [first, ...more] = await answer(makeLogin())
    expect(first).to.include({type: 'asking', model: undefined})
    expect(more.at(-1)).to.include({type: 'end', model: 'ran-1'})
    expect(asked[0]?.request.model).to.equal(undefined)
  })

  it('calls Mogplex with a fresh credential', async () => {
    const fresh = makeLogin({grantId: 'fresh'})
    await answer(makeLogin(), {}, {access: givenAccess(() => fresh)})
    expect(asked[0]?.credential).to.equal(fresh)
  })

  it('calls Mogplex with a key unchanged: beside a login, it is not the account', async () => {
    const beside = makeKeyBeside()
    await answer(beside, {}, {access: givenAccess(() => makeLogin())})
    expect(asked[0]?.credential).to.equal(beside)
  })

  it('records the account without balance, until a prompt is answered', async () => {
    const login = makeLogin()
    refusal = noBalance(NO_BALANCE, SITE)
    expect(await failureOf(answer(login))).to.equal(refusal)
    expect(noted).to.deep.equal([login])
    refusal = noModelAccess('no model is enabled for it', SITE)
    await failureOf(answer(login))
    refusal = undefined
    await answer(makeKey('groq'), {model: 'x'})
    expect(noted, 'nothing else says anything about it').to.deep.equal([login])
    await answer(login)
    expect(noted.at(-1)).to.equal('forgotten')
  })

  it('records that a login is not accepted where a prompt was refused for it', async () => {
    refusal = loginCannotPay('https://mogplex.com')
    expect(await failureOf(answer(makeLogin()))).to.equal(refusal)
    expect(await failureOf(answer(makeKeyBeside()))).to.equal(refusal)
    expect(noted).to.deep.equal(['learnt'])
  })

  it('sends a provider its own key, whatever the account is', async () => {
    await answer(
      makeKey('groq'),
      {model: 'x'},
      {
        access: givenAccess(() => {
          throw new Error('Mogplex was asked for.')
        }),
      },
    )
    expect(asked[0]?.credential).to.include({provider: 'groq'})
  })

  it('distinguishes a rate-limited key from a wrong one', async () => {
    refusal = new CredentialRejectedError('rejected', 'x', true)
    expect(await failureOf(answer(makeShellKey()))).to.equal(refusal)
    expect(checks).to.equal(1)
    const limited = new RateLimitedError('mogplex.com', 60)
    const checkToken = async () => Promise.reject(limited)
    expect(await failureOf(answer(makeShellKey(), {}, {checkToken}))).to.equal(limited)
    const down = async () => Promise.reject(new RemoteError('down'))
    expect(await failureOf(answer(makeShellKey(), {}, {checkToken: down}))).to.equal(refusal)
    expect(await failureOf(answer(makeLogin(), {}, {checkToken}))).to.equal(refusal)
  })

  it('stops requesting a list once it is interrupted', async () => {
    const over = new AbortController()
    const reason = new CancelledError('Enough.', 'Again.')
    listed = async () => {
      over.abort(reason)
      return Promise.reject(reason)
    }
    expect(await failureOf(answer(makeKey('openai'), {signal: over.signal}))).to.equal(reason)
    expect(asked).to.deep.equal([])
  })

  describe('with VERCEL_API_TOKEN', () => {
    it('sends nothing before the user has agreed', async () => {
      const error = await failureOf(answer(VERCEL))
      expect(error).to.include({code: 'PAYMENT_NOT_CONFIRMED', exitCode: 64})
      expect(error.message).to.include('VERCEL_API_TOKEN')
      expect(error.remedy).to.include('`unset VERCEL_API_TOKEN`')
      expect(asked).to.deep.equal([])
    })

    it('asks once, and again for another token', async () => {
      let questions = 0
      const confirm: PromptRequest['confirm'] = async ({variable}) => {
        expect(variable).to.equal('VERCEL_API_TOKEN')
        questions += 1
        return Promise.resolve(true)
      }
      await answer(VERCEL, {confirm})
      await answer(VERCEL, {confirm})
      expect(questions).to.equal(1)
      expect(JSON.stringify(choices.read())).not.to.include('stored-vercel-key')
      await answer({...VERCEL, key: makeKey('openai').key}, {confirm})
      expect(questions).to.equal(2)
    })

    it('treats a model that was requested by name, and a stored key, as consent', async () => {
      await answer(VERCEL, {model: 'x', isExplicit: true})
      await answer(makeKey('vercel'), {model: 'x'})
      expect(asked).to.have.length(2)
      expect(choices.read().confirmed).to.deep.equal([])
    })

    it('answers although the consent cannot be stored', async () => {
      choices.rememberConfirmed = async () => Promise.reject(new RemoteError('as good as any'))
      await answer(VERCEL, {confirm: async () => Promise.resolve(true)})
      expect(asked).to.have.length(1)
    })
  })
})
