import {expect} from 'chai'
import {NotLoggedInError} from '../../../src/domain/errors/authentication.js'
import {NotSyncedError} from '../../../src/domain/errors/hosted-state.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import type {HostedAccount} from '../../../src/domain/hosted/hosted-state.js'
import {accountReport} from '../../../src/domain/credential/identity.js'
import {
  listMcpServers,
  listModels,
  type ListPorts,
} from '../../../src/services/list-hosted-state.js'
import type {SyncRequest} from '../../../src/services/sync-hosted-state.js'
import {ISSUER, makeLogin, NOW, serverAt} from '../../support/make-credential.js'

const ADA = {issuer: ISSUER, id: 'usr_1'}
const ERROR = new RemoteError('No.')

function model(id: string) {
  return {
    id,
    provider: 'openai',
    name: id,
    contextLength: null,
    capabilities: [],
    pricing: {input: null, output: null},
  }
}

function stage(changes: Partial<ListPorts> = {}) {
  const read: HostedAccount[] = []
  const syncs: SyncRequest[] = []
  const ports: ListPorts = {
    files: {
      readModels: (account) => {
        read.push(account)
        return {account, syncedAt: NOW, entries: [model('openai/gpt'), model('xai/grok')]}
      },
      readMcpServers: (account) => ({account, syncedAt: NOW, entries: []}),
    },
    server: serverAt(ISSUER),
    session: {accountCredential: () => makeLogin()},
    sync: async (request) => {
      syncs.push(request)
      return Promise.resolve({models: {count: 2}, mcpServers: {error: ERROR}})
    },
    ...changes,
  }
  return {ports, read, syncs}
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('It did not fail.')
    },
    (error: unknown) => error,
  )
}

describe('listModels', () => {
  it('answers from the copy of the account, without a request', async () => {
    const {ports, read, syncs} = stage()
    expect(await listModels(ports, {refresh: false})).to.deep.equal({
      entries: [model('openai/gpt'), model('xai/grok')],
      total: 2,
      syncedAt: NOW,
      account: accountReport(makeLogin(), ISSUER),
    })
    expect(read).to.deep.equal([ADA])
    expect(syncs).to.deep.equal([])
  })

  it('lists the entries that contain the text, and the total', async () => {
    const {entries, total} = await listModels(stage().ports, {refresh: false, text: 'GROK'})
    expect(entries.map(({id}) => id)).to.deep.equal(['xai/grok'])
    expect(total).to.equal(2)
  })

  it('says that nothing was synced yet', async () => {
    const files = {readModels: () => undefined, readMcpServers: () => undefined}
    const {ports} = stage({files})
    expect(await failureOf(listModels(ports, {refresh: false}))).to.be.instanceOf(NotSyncedError)
    const error = await failureOf(listMcpServers(ports, {refresh: false}))
    expect((error as NotSyncedError).remedy).to.equal('Run `mogplex mcp --refresh`.')
  })

  it('accepts an empty list as an answer', async () => {
    const {entries, total} = await listMcpServers(stage().ports, {refresh: false})
    expect([entries, total]).to.deep.equal([[], 0])
  })

  it('syncs first on request, and reports only the failure of the other list', async () => {
    const {ports, syncs} = stage()
    const told: unknown[] = []
    const {signal} = new AbortController()
    const tell = (event: unknown): void => void told.push(event)
    const {total} = await listModels(ports, {refresh: true, signal, tell})
    expect(total).to.equal(2)
    expect(syncs).to.have.length(1)
    expect(syncs[0]?.signal).to.equal(signal)
    const failures = (['models', 'mcp-servers'] as const).map((what) => ({
      ...({type: 'failed', error: ERROR} as const),
      what,
    }))
    for (const event of [{type: 'started', what: 'models'} as const, ...failures]) {
      syncs[0]?.tell?.(event)
    }
    expect(told).to.deep.equal([{type: 'started', what: 'models'}, failures[1]])
  })

  it('fails when its own list could not be synced', async () => {
    const {ports} = stage()
    expect(await failureOf(listMcpServers(ports, {refresh: true}))).to.equal(ERROR)
  })

  it('fails when nobody is signed in', async () => {
    const error = new NotLoggedInError()
    const {ports} = stage({
      session: {
        accountCredential: () => {
          throw error
        },
      },
    })
    expect(await failureOf(listModels(ports, {refresh: false}))).to.equal(error)
  })
})
