import {expect} from 'chai'
import type {Fits} from '../../../../src/terminal/menu.js'
import {paletteFor} from '../../../../src/terminal/palette.js'
import type {AppContext} from '../../../../src/app/slash/app-context.js'
import {model} from '../../../../src/app/slash/model.js'
import {NoModelCredentialError} from '../../../../src/domain/errors/authentication.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {choiceText, type ModelChoice} from '../../../../src/domain/chat/model-choice.js'
import type {PayerModels} from '../../../../src/services/list-payer-models.js'

const MODELS = (
  [
    {provider: 'mogplex', model: 'openai/gpt-5', name: 'GPT-5'},
    {provider: 'mogplex', model: 'openai/gpt-5-mini', name: 'GPT-5 mini'},
    {provider: 'mogplex', model: 'xai/grok-4', name: 'Grok 4'},
    {provider: 'openai', model: 'gpt-5'},
  ] as const
).map((one) => ({...one, label: choiceText(one)}))

describe('/model', () => {
  let chosen: ModelChoice | 'default' | undefined
  let current: string | undefined
  let models: PayerModels['models']

  beforeEach(() => {
    models = MODELS
    current = 'xai/grok-4'
  })
  let offered: string[]
  let narrowed: string[]
  let printed: string[]

  /** @param typed - the filter of the list, whose first entry is selected then */
  async function run(text: string, typed = '', troubles: PayerModels['troubles'] = []) {
    ;[chosen, offered, printed, narrowed] = [undefined, [], [], []]
    const context = {
      columns: 80,
      palette: paletteFor(false),
      signal: new AbortController().signal,
      seen: {models: new Set<string>(), runs: new Set<string>()},
      print: (line: string) => printed.push(line),
      pick: async <T>(
        _message: string,
        choices: readonly {name: string; value: T}[],
        fits: Fits<T>,
      ) => {
        offered = choices.map(({name}) => name)
        const left = choices.filter(({value}) => fits(value, typed))
        narrowed = left.map(({name}) => name)
        return Promise.resolve(left[0]?.value)
      },
      prompts: {
        models: async () => Promise.resolve({models, troubles}),
        whyNone: () => undefined,
        payer: () => ({credential: {provider: 'mogplex'}, model: current}),
        chooseDefault: async () => {
          chosen = 'default'
          return Promise.resolve(undefined)
        },
        choose: async (choice: ModelChoice) => {
          chosen = choice
          return Promise.resolve(undefined)
        },
      },
    }
    await model.run(context as unknown as AppContext, text.split(' ').filter(Boolean), text)
  }

  it('says why there is no model, where nothing pays for one', async () => {
    const lack = new NoModelCredentialError()
    const prompts = {
      models: async () => Promise.resolve({models: [], troubles: []}),
      whyNone: () => lack,
    }
    const context = {prompts, seen: {models: new Set<string>()}} as unknown as AppContext
    expect(await Promise.resolve(model.run(context, [], '')).catch((e: unknown) => e)).to.equal(
      lack,
    )
  })

  it('selects a model by its name, or by its payer and its name', async () => {
    await run('xai/grok-4')
    expect(chosen).to.include({provider: 'mogplex', model: 'xai/grok-4'})
    await run('openai: gpt-5')
    expect(chosen).to.include({provider: 'openai', model: 'gpt-5'})
    expect(printed.at(-1)).to.equal('openai: gpt-5 answers from now on.')
  })

  it('selects the only one that matches a part of a name', async () => {
    await run('mini')
    expect(chosen).to.include({model: 'openai/gpt-5-mini'})
    expect(offered).to.deep.equal([])
  })

  it('lists the others as payer and model; a payer is matched by its first letters', async () => {
    await run('', 'gp')
    expect(offered).to.deep.equal([
      'mogplex: xai/grok-4  (current)',
      "the account's default",
      'mogplex: openai/gpt-5',
      'mogplex: openai/gpt-5-mini',
      'openai: gpt-5',
    ])
    expect(narrowed).to.deep.equal([
      'mogplex: openai/gpt-5',
      'mogplex: openai/gpt-5-mini',
      'openai: gpt-5',
    ])
    await run('', 'mog gpt min')
    expect(narrowed).to.deep.equal(['mogplex: openai/gpt-5-mini'])
  })

  it('resets the choice to the default, which is the current one where none was chosen', async () => {
    await run('default')
    expect(chosen).to.equal('default')
    expect(printed.at(-1)).to.equal("The account's default answers from now on.")
    current = undefined
    await run('', 'def')
    expect(offered[0]).to.equal("the account's default  (current)")
    expect(chosen).to.equal('default')
  })

  it('says what to do where there is no model, without suggesting /model', async () => {
    models = []
    const failed = async (troubles: PayerModels['troubles']): Promise<unknown> =>
      run('', '', troubles).catch((reason: unknown) => reason)
    expect(await failed([]))
      .to.have.property('remedy')
      .that.includes('/login')
    const error = new RemoteError('groq is away.', 'Try again.')
    expect(await failed([{provider: 'groq', error}])).to.have.property('remedy', 'Try again.')
  })

  it('accepts a model when its payer cannot list any', async () => {
    const error = new RemoteError('groq is away.', 'Try again.')
    await run('groq: llama', '', [{provider: 'groq', error}])
    expect(chosen).to.deep.equal({provider: 'groq', model: 'llama'})
    expect(printed[0]).to.equal('groq is away.')
  })

  it('chooses nothing for an unknown name', async () => {
    const error: unknown = await run('nonsense').catch((reason: unknown) => reason)
    expect(error).to.include({code: 'USAGE'})
    expect(chosen).to.equal(undefined)
  })
})
