import {expect} from 'chai'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {readSettings} from '../../../../src/domain/settings/settings.js'
import {makeAccount} from '../../../support/make-account.js'
import {makeKey, makeLogin} from '../../../support/make-credential.js'
import {
  choiceText,
  parseChoice,
  payerKey,
  rememberedModel,
} from '../../../../src/domain/chat/model-choice.js'

describe('parseChoice', () => {
  for (const [text, provider, model] of [
    ['openai: gpt-5', 'openai', 'gpt-5'],
    ['openai:gpt-5', 'openai', 'gpt-5'],
    ['  OpenAI :  gpt-5  ', 'openai', 'gpt-5'],
    ['vercel: anthropic/claude', 'vercel', 'anthropic/claude'],
    ['gpt-5', 'groq', 'gpt-5'],
    ['anthropic/claude', 'groq', 'anthropic/claude'],
    ['llama3:8b', 'groq', 'llama3:8b'],
    ['openai: ft:gpt-4o:me', 'openai', 'ft:gpt-4o:me'],
  ] as const) {
    it(`reads "${text}"`, () => {
      expect(parseChoice(text, 'groq')).to.deep.equal({provider, model})
    })
  }

  for (const text of ['', '  ', 'openai:', 'two words', 'openai: two words', 'a\u001b[2J']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseChoice(text, 'groq')).to.equal(undefined)
    })
  }

  it('requires a payer where nothing pays', () => {
    expect(parseChoice('gpt-5', undefined)).to.equal(undefined)
    expect(parseChoice('openai: gpt-5', undefined)).not.to.equal(undefined)
  })

  it('reads the format that is shown', () => {
    const choice = {provider: 'xai', model: 'grok-4'} as const
    expect(parseChoice(choiceText(choice), undefined)).to.deep.equal(choice)
  })
})

describe('payerKey', () => {
  const server = readSettings({})

  it('distinguishes accounts, keys and issuers, and is the same after a refresh', () => {
    const keys = [
      makeLogin(),
      makeLogin({account: makeAccount({id: 'usr_2'})}),
      makeLogin({issuer: 'https://mogplex.example.test'}),
      makeKey('openai'),
      makeKey('openai', {key: new Secret('another-openai-key')}),
      makeKey('groq'),
    ].map((credential) => payerKey(credential, server))
    expect(new Set(keys).size).to.equal(keys.length)
    const refreshed = makeLogin({accessToken: new Secret('another-access-token')})
    expect(payerKey(refreshed, server)).to.equal(keys[0])
    expect(keys.join()).not.to.include('openai-key')
  })

  it('reads what an older version stored for a payer alone', () => {
    const old = {models: {openai: 'gpt-5'}, confirmed: []}
    expect(rememberedModel(old, makeKey('openai'), server)).to.equal('gpt-5')
    const models = {...old.models, [payerKey(makeKey('openai'), server)]: 'gpt-5-mini'}
    expect(rememberedModel({...old, models}, makeKey('openai'), server)).to.equal('gpt-5-mini')
  })
})
