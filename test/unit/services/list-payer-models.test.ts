import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {NotSyncedError} from '../../../src/domain/errors/hosted-state.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {accountReport} from '../../../src/domain/credential/identity.js'
import type {ModelEntry} from '../../../src/domain/hosted/model-catalog.js'
import type {ListRequest} from '../../../src/services/list-hosted-state.js'
import {listPayerModels, type PayerModelsRequest} from '../../../src/services/list-payer-models.js'
import {givenChoices} from '../../support/given-choices.js'
import {ISSUER, makeKey, makeLogin, NOW} from '../../support/make-credential.js'
import {failureOf} from '../../support/services.js'

const CLAUDE: ModelEntry = {
  id: 'anthropic/claude',
  provider: 'anthropic',
  name: 'Claude',
  contextLength: null,
  capabilities: [],
  pricing: {input: null, output: null},
}
const SITE = 'https://mogplex.test'

describe('listPayerModels', () => {
  let payers: Credential[]
  let hosted: (request: ListRequest) => Promise<ModelEntry[]>
  let models: (credential: Credential) => Promise<string[]>
  let requests: ListRequest[]

  beforeEach(() => {
    payers = [makeKey('openai'), makeLogin(), makeKey('groq')]
    requests = []
    hosted = async () => Promise.resolve([CLAUDE])
    models = async ({provider}) => Promise.resolve([`${provider}-b`, `${provider}-a`])
  })

  async function list(request?: PayerModelsRequest, confirmed: string[] = []) {
    return listPayerModels(
      {
        chosen: {payers: () => payers},
        choices: givenChoices({confirmed}),
        siteRoot: () => SITE,
        api: () => ({
          ask: async () => Promise.reject(new Error('Nobody has a prompt.')),
          models: async (credential) => models(credential),
        }),
        hosted: async (asked) => {
          requests.push(asked)
          const [entries, account] = [await hosted(asked), accountReport(makeLogin(), ISSUER)]
          return {entries, total: entries.length, syncedAt: NOW, account}
        },
      },
      request,
    )
  }

  const labels = async (request?: PayerModelsRequest): Promise<string[]> =>
    (await list(request)).models.map(({label}) => label)

  it('lists the models of all possible payers as payer: model, highest rank first', async () => {
    expect(await labels()).to.deep.equal([
      'openai: openai-a',
      'openai: openai-b',
      'mogplex: anthropic/claude',
      'groq: groq-a',
      'groq: groq-b',
    ])
  })

  it('filters by words in the label and in the name', async () => {
    expect(await labels({text: 'GROQ -b'})).to.deep.equal(['groq: groq-b'])
    expect(await labels({text: 'Claude'})).to.deep.equal(['mogplex: anthropic/claude'])
    expect(await labels({text: 'nothing'})).to.deep.equal([])
  })

  it('reports unavailable lists, and returns the others', async () => {
    const trouble = new RemoteError('away')
    models = async ({provider}) =>
      provider === 'openai' ? Promise.reject(trouble) : Promise.resolve(['x'])
    const {models: found, troubles} = await list()
    expect(found.map(({label}) => label)).to.deep.equal(['mogplex: anthropic/claude', 'groq: x'])
    expect(troubles).to.deep.equal([{provider: 'openai', error: trouble}])
  })

  it('explains what an account without models lacks', async () => {
    hosted = async () => Promise.resolve([])
    const {troubles} = await list()
    expect(troubles.map(({error}) => error.code)).to.deep.equal(['NO_MODEL_ACCESS'])
    expect(troubles[0]?.error.remedy).to.include(`${SITE}/settings/models`)
    expect(
      requests.map(({refresh}) => refresh),
      'it may have changed',
    ).to.deep.equal([false, true])
  })

  it('syncs the catalog where there is no copy, and on request', async () => {
    hosted = async ({refresh}) =>
      refresh ? Promise.resolve([CLAUDE]) : Promise.reject(new NotSyncedError('models'))
    expect(await labels()).to.include('mogplex: anthropic/claude')
    expect(requests.map(({refresh}) => refresh)).to.deep.equal([false, true])
    await list({refresh: true})
    expect(requests.map(({refresh}) => refresh)).to.deep.equal([false, true, true])
  })

  it('does not send a token to its provider without consent', async () => {
    payers = [makeKey('vercel', {source: {type: 'env', variable: 'VERCEL_API_TOKEN'}})]
    expect(await labels()).to.deep.equal([])
    payers = [makeKey('vercel')]
    expect(await labels()).to.have.length(2)
  })

  it('fails with the reason of its signal, and with unexpected errors', async () => {
    const reason = new RemoteError('enough')
    expect(await failureOf(list({signal: AbortSignal.abort(reason)}))).to.equal(reason)
    const bug = new TypeError('a bug')
    models = async () => Promise.reject(bug)
    const thrown: unknown = await list().catch((error: unknown) => error)
    expect(thrown).to.equal(bug)
  })
})
