import {expect} from 'chai'
import {
  MalformedVariableError,
  NoProviderKeyError,
} from '../../../src/domain/errors/authentication.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import type {Sources} from '../../../src/domain/credential/candidates.js'
import {ChosenModel} from '../../../src/services/choose-model.js'
import {makeAccount} from '../../support/make-account.js'
import {givenChoices, givenSession} from '../../support/given-choices.js'
import {makeKey, makeLogin, resolve, stored} from '../../support/make-credential.js'

describe('ChosenModel', () => {
  let sources: Partial<Sources>
  let file: ReturnType<typeof givenChoices>
  let chosen: ChosenModel

  beforeEach(() => {
    sources = {
      env: {OPENAI_API_KEY: 'sk-of-the-shell'},
      stored: stored(makeLogin(), makeKey('groq')),
    }
    file = givenChoices({models: {openai: 'gpt-5', groq: 'llama'}})
    chosen = new ChosenModel({session: givenSession(() => resolve(sources)), file})
  })

  function paying(): string {
    const {credential, model = 'its default', isExplicit} = chosen.payer()
    return `${credential.provider}: ${model}${isExplicit ? ', chosen' : ''}`
  }

  it('uses the payer that precedence picks, and the model remembered for it', () => {
    expect(paying()).to.equal('openai: gpt-5')
  })

  it('checks each time: a remembered model counts only while its payer is picked', () => {
    sources = {...sources, env: {}}
    expect(paying()).to.equal('mogplex: its default')
    sources = {stored: stored(makeKey('groq'))}
    expect(paying()).to.equal('groq: llama')
    sources = {}
    expect(() => chosen.payer())
      .to.throw()
      .with.property('exitCode', 64)
  })

  it('uses a choice of this session for another payer, and remembers it for that one', async () => {
    expect(await chosen.choose({provider: 'groq', model: 'mixtral'})).to.equal(undefined)
    expect(paying()).to.equal('groq: mixtral, chosen')
    expect(Object.keys(file.read().models)).to.have.length(3)
    const later = new ChosenModel({session: givenSession(() => resolve(sources)), file})
    expect(later.payer()).to.deep.include({model: 'gpt-5', isExplicit: false})
  })

  it('remembers a choice per account', async () => {
    sources = {stored: stored(makeLogin())}
    await chosen.choose({provider: 'mogplex', model: 'anthropic/claude'})
    const later = new ChosenModel({session: givenSession(() => resolve(sources)), file})
    expect(later.payer().model).to.equal('anthropic/claude')
    sources = {stored: stored(makeLogin({account: makeAccount({id: 'usr_2'})}))}
    expect(later.payer().model).to.equal(undefined)
  })

  it('forgets a choice, of an older version too: then the default answers', async () => {
    await chosen.choose({provider: 'openai', model: 'gpt-5-mini'})
    expect(await chosen.chooseDefault()).to.equal(undefined)
    expect(paying()).to.equal('openai: its default')
    expect(file.read().models).to.deep.equal({groq: 'llama'})
  })

  it('drops a choice whose payer is gone', async () => {
    await chosen.choose({provider: 'mogplex', model: 'anthropic/claude'})
    expect(paying()).to.equal('mogplex: anthropic/claude, chosen')
    sources = {...sources, stored: stored(makeKey('groq'))}
    expect(paying()).to.equal('openai: gpt-5')
  })

  it('uses a choice for one time, and stores nothing of it', () => {
    expect(chosen.payer({provider: 'groq', model: 'once'})).to.deep.include({
      model: 'once',
      isExplicit: true,
    })
    expect(paying()).to.equal('openai: gpt-5')
    expect(() => chosen.payer({provider: 'xai', model: 'grok'}))
      .to.throw(NoProviderKeyError, 'xAI')
      .with.property('exitCode', 64)
  })

  it('refuses a choice without a credential, and stays unchanged', async () => {
    const error: unknown = await chosen
      .choose({provider: 'xai', model: 'grok'})
      .catch((thrown: unknown) => thrown)
    expect(error).to.include({exitCode: 64})
    expect(paying()).to.equal('openai: gpt-5')
  })

  it('uses for this session what cannot be stored, and says why', async () => {
    const trouble = new LocalFileError('The disk is full.', 'Make room.')
    file.rememberModel = async () => Promise.reject(trouble)
    expect(await chosen.choose({provider: 'groq', model: 'mixtral'})).to.equal(trouble)
    expect(paying()).to.equal('groq: mixtral, chosen')
  })

  it('stops at a malformed variable that would pay', () => {
    sources = {...sources, env: {OPENAI_API_KEY: 'a b'}}
    expect(() => chosen.payer()).to.throw(MalformedVariableError, 'OPENAI_API_KEY')
  })

  it('lists who could pay', () => {
    expect(chosen.payers().map(({provider}) => provider)).to.deep.equal([
      'openai',
      'mogplex',
      'groq',
    ])
  })
})
