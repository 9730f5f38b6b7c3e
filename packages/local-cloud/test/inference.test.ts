import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {MODELS} from '../src/model-catalog.js'

const PATH = '/api/cli/inference/chat/completions'

describe('inference', () => {
  let cloud: LocalCloud
  let ada: string
  before(async () => (cloud = await startLocalCloud()))
  // A separate key for each test: each may be used 60 times a minute.
  beforeEach(async () => (ada = await cloud.createKey('ada@example.test')))
  after(() => cloud.close())

  function send(body: object | string, token: string | undefined = ada, path = PATH) {
    return fetch(`${cloud.url}${path}`, {
      method: 'POST',
      headers: token === '' ? {} : {authorization: `Bearer ${token}`},
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    })
  }

  function ask(content: string, more: object = {}, token = ada) {
    return send({messages: [{role: 'user', content}], ...more}, token)
  }

  /** The objects in the frames of a stream, whose last line is `data: [DONE]`. */
  async function framesOf(response: Response): Promise<Record<string, unknown>[]> {
    expect(response.headers.get('content-type')).to.equal('text/event-stream')
    const frames = (await response.text()).split('\n\n')
    expect(frames.splice(-2)).to.deep.equal(['data: [DONE]', ''])
    return frames.map((frame) => {
      expect(frame).to.match(/^data: [^\n]+$/)
      return JSON.parse(frame.slice('data: '.length)) as Record<string, unknown>
    })
  }

  const textOf = (frames: readonly unknown[]): string =>
    [...JSON.stringify(frames).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)]
      .map(([, text = '""']) => String(JSON.parse(text)))
      .join('')

  it('streams by default: a role, chunks, a finish reason and the usage', async () => {
    const frames = await framesOf(await ask('Hello there'))
    const [first] = frames
    expect(first).to.include.keys('id', 'created', 'model')
    expect(first).to.deep.include({
      object: 'chat.completion.chunk',
      model: 'anthropic/claude-sonnet-4.5',
      choices: [{index: 0, delta: {role: 'assistant'}, finish_reason: null}],
    })
    expect(frames.length).to.be.greaterThan(5)
    expect(textOf(frames)).to.include('“Hello there”')
    const last = frames.at(-1)
    expect(last?.choices).to.deep.equal([{index: 0, delta: {}, finish_reason: 'stop'}])
    expect(last?.usage).to.include.keys('prompt_tokens', 'completion_tokens', 'total_tokens')
  })

  it('answers as one object with stream false, and the same', async () => {
    const streamed = textOf(await framesOf(await ask('Hello there', {stream: true})))
    const whole = (await (await ask('Hello there', {stream: false})).json()) as {
      object: string
      choices: {message: {content: string}; finish_reason: string}[]
    }
    expect(whole.object).to.equal('chat.completion')
    expect(whole.choices[0]?.message.content).to.equal(streamed)
    expect(whole.choices[0]?.finish_reason).to.equal('stop')
  })

  it('answers in a different style for each model, and ignores tools', async () => {
    const answers = await Promise.all(
      MODELS.map(async ({id}) => {
        const response = await ask('one two', {model: id, stream: false, tools: [{}]})
        const {model, choices} = (await response.json()) as {model: string; choices: unknown[]}
        expect(model).to.equal(id)
        return textOf(choices)
      }),
    )
    expect(new Set(answers.map((text) => text.split('\n\n').slice(1).join(''))).size).to.equal(
      MODELS.length,
    )
  })

  it('replaces an unknown model without a slash with the default, and refuses one with a slash', async () => {
    const {model} = (await (await ask('x', {model: 'gpt', stream: false})).json()) as {
      model: string
    }
    expect(model).to.equal('anthropic/claude-sonnet-4.5')
    expect((await ask('x', {model: 'openai/nothing'})).status).to.equal(400)
  })

  it('counts the turns of a conversation', async () => {
    const messages = ['a', 'b'].map((content) => ({role: 'user', content}))
    expect(await (await send({messages, stream: false})).text()).to.include('number 2')
  })

  it('answers at its other address, too', async () => {
    const path = '/api/cli/openai/chat/completions'
    const response = await send({messages: [{role: 'user', content: 'x'}]}, ada, path)
    expect(await framesOf(response)).not.to.have.length(0)
  })

  for (const [name, body, message] of [
    ['what is not JSON', '{', 'Invalid JSON body'],
    ['no messages', {messages: []}, 'messages is required'],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const response = await send(body)
      expect(response.status).to.equal(400)
      expect(await response.json()).to.deep.equal({error: {message}})
    })
  }

  it('refuses a wrong key with the texts of the service, and an account without a model', async () => {
    const wrong = await ask('x', {}, `mog_${'a'.repeat(24)}`)
    expect(wrong.status).to.equal(401)
    expect(await wrong.json()).to.deep.equal({error: 'Unauthorized'})
    const grace = await ask('x', {}, await cloud.createKey('grace@example.test'))
    expect(grace.status).to.equal(400)
    expect(await grace.json()).to.deep.equal({
      error: {message: 'No enabled model is configured for this account.'},
    })
  })

  for (const [failure, status, header] of [
    ['allowlist', 400, null],
    ['busy', 429, '30'],
    ['down', 503, '5'],
    ['no-balance', 400, null],
    ['no-key', 400, null],
    ['no-model', 400, null],
    ['team-role', 400, null],
  ] as const) {
    it(`fails with ${status} when asked to: ${failure}`, async () => {
      for (const response of [
        await ask(`now [${failure}]`),
        await ask('x', {model: `local/${failure}`}),
      ]) {
        expect(response.status).to.equal(status)
        expect(response.headers.get('retry-after')).to.equal(header)
        expect(await response.text()).to.match(/^\{"error":\{"message":".+"\}\}$/)
      }
    })
  }

  it('breaks an answer off with an error frame, or by closing the connection', async () => {
    const frames = await framesOf(await ask('please [fail]'))
    expect(frames.at(-1)).to.deep.equal({error: {message: 'The provider failed.'}})
    expect(textOf(frames)).not.to.equal('')
    expect((await ask('please [fail]', {stream: false})).status).to.equal(500)
    const cut = await ask('please [cut]')
    const error: unknown = await cut.text().catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(Error)
  })

  for (const turn of ['controls', 'slow', 'fail', 'cut']) {
    it(`answers as the requested model, when asked to: ${turn}`, async () => {
      const response = await ask(`[${turn}]`, {model: 'openai/gpt-5-mini'})
      const first = new TextDecoder().decode((await response.body?.getReader().read())?.value)
      expect(first).to.include('"model":"openai/gpt-5-mini"')
    })
  }

  it('checks the credential, JSON, the messages, the model and the balance, in this order', async () => {
    const words = async (response: Response): Promise<string> =>
      JSON.stringify(await response.json())
    const grace = await cloud.createKey('grace@example.test')
    const nobody = `mog_${'a'.repeat(24)}`
    const model = 'openai/nothing'
    for (const body of ['{', {}]) {
      expect(await words(await send(body, nobody))).to.equal('{"error":"Unauthorized"}')
    }
    expect(await words(await send('{"model": 1', grace))).to.include('Invalid JSON body')
    expect(await words(await send({model, prompt: '[no-balance]'}, grace))).to.include(
      'messages is required',
    )
    expect(await words(await ask('[no-balance]', {}, grace))).to.include('No enabled model')
    expect(await words(await ask('[no-balance]', {model}))).to.include('There is no model')
    expect(await words(await ask('[no-balance]'))).to.include('positive billing balance')
  })

  it('needs no messages to tell whether a credential is accepted', async () => {
    const {access_token: login} = await cloud.signIn('ada@example.test')
    expect((await send({}, login)).status).to.equal(307)
    const generous = await startLocalCloud({inferenceAccepts: 'oauth'})
    try {
      const {access_token: token} = await generous.signIn('grace@example.test')
      const response = await fetch(`${generous.url}${PATH}`, {
        method: 'POST',
        headers: {authorization: `Bearer ${token}`},
        body: '{}',
      })
      expect(response.status).to.equal(400)
      expect(await response.json()).to.deep.equal({error: {message: 'messages is required'}})
    } finally {
      await generous.close()
    }
  })

  it('redirects the token of a login, unless configured to accept it', async () => {
    const {access_token: login} = await cloud.signIn('ada@example.test')
    const sent = await ask('x', {}, login)
    expect(sent.status).to.equal(307)
    expect(sent.headers.get('location')).to.match(/^\/login\?next=/)
    expect((await ask('x', {}, '')).status).to.equal(307)
    const generous = await startLocalCloud({inferenceAccepts: 'oauth'})
    try {
      const {access_token: token} = await generous.signIn('ada@example.test')
      const post = (bearer: string) =>
        fetch(`${generous.url}${PATH}`, {
          method: 'POST',
          headers: {authorization: `Bearer ${bearer}`},
          body: JSON.stringify({messages: [{role: 'user', content: 'x'}]}),
          redirect: 'manual',
        })
      expect(await framesOf(await post(token))).not.to.have.length(0)
      expect((await post('a'.repeat(32))).status).to.equal(401)
      const key = await generous.createKey('ada@example.test')
      expect((await post(key)).status).to.equal(200)
      const settings = await fetch(`${generous.url}/api/settings`, {
        headers: {authorization: `Bearer ${token}`},
        redirect: 'manual',
      })
      expect(settings.status, 'only inference is generous').to.equal(307)
    } finally {
      await generous.close()
    }
  })

  it('ends at once, even with answers in progress', async () => {
    const other = await startLocalCloud()
    const key = await other.createKey('ada@example.test')
    const response = await fetch(`${other.url}${PATH}`, {
      method: 'POST',
      headers: {authorization: `Bearer ${key}`},
      body: JSON.stringify({messages: [{role: 'user', content: 'please [hang]'}]}),
    })
    const read = response.text().catch(() => 'cut')
    await other.close()
    expect(await read).to.equal('cut')
  })
})
