import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {ListOfOthersError, LoginChangedError} from '../../../src/domain/errors/hosted-state.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError, UnreachableError} from '../../../src/domain/errors/remote.js'
import {
  syncHostedState,
  type SyncEvent,
  type SyncPorts,
} from '../../../src/services/sync-hosted-state.js'
import {hostedAccountOf} from '../../../src/domain/hosted/hosted-account.js'
import type {HostedAccount} from '../../../src/domain/hosted/hosted-state.js'
import {givenAccess} from '../../support/given-access.js'
import {ISSUER, makeLogin, makeShellKey, NOW, serverAt} from '../../support/make-credential.js'

const ADA = {issuer: ISSUER, id: 'usr_1'}
const GRACE = {issuer: ISSUER, id: 'usr_2'}
const MODEL = {
  id: 'openai/gpt',
  provider: 'openai',
  name: 'GPT',
  contextLength: null,
  capabilities: [],
  pricing: {input: null, output: null},
}
const SERVER = {
  ...({name: 'github', enabled: true, kind: 'http', host: 'mcp.example.com'} as const),
  headers: [],
  variables: [],
}

type Answers<T> = (() => Promise<T> | T)[]

function stage({
  models = [() => [MODEL]],
  mcpServers = [() => [SERVER]],
  failures = [],
  owner,
  ...changes
}: {
  models?: Answers<(typeof MODEL)[]>
  mcpServers?: Answers<(typeof SERVER)[]>
  /** The error of removing the copies of others. */
  failures?: LocalFileError[]
  /** The accounts of the stored copies. */
  owner?: HostedAccount
} & Partial<SyncPorts> = {}) {
  const stored: string[] = []
  const cleared: string[][] = []
  const events: SyncEvent[] = []
  const asked: Credential[] = []
  let questions = 0
  const next = async <T>(answers: Answers<T>): Promise<T> => {
    const answer = answers.shift()
    if (answer === undefined) throw new Error('It was asked too often.')
    return answer()
  }
  const ports: SyncPorts = {
    api: {
      models: async (credential) => {
        asked.push(credential)
        return next(models)
      },
      mcpServers: async (credential) => {
        asked.push(credential)
        return next(mcpServers)
      },
    },
    files: {
      ownerOf: () => owner,
      clear: (which) => {
        const owners = {ada: ADA, grace: GRACE, unreadable: undefined}
        const names = Object.entries(owners).filter(([, owner]) => which?.(owner) ?? true)
        cleared.push(names.map(([name]) => name))
        return {counts: {models: 0, mcpServers: 0}, failures}
      },
      storeModels: async ({account, syncedAt, entries}) => {
        stored.push(`models ${entries.length} ${account.id} ${syncedAt.toISOString()}`)
        return Promise.resolve()
      },
      storeMcpServers: async ({account, syncedAt, entries}) => {
        stored.push(`servers ${entries.length} ${account.id} ${syncedAt.toISOString()}`)
        return Promise.resolve()
      },
    },
    clock: {now: () => NOW},
    server: serverAt(ISSUER),
    access: givenAccess(() => makeLogin()),
    session: {isStillInUse: () => true, storedOfMogplex: () => [makeLogin()]},
    checkPromptAcceptance: async () => Promise.resolve(void (questions += 1)),
    ...changes,
  }
  const sync = async (signal?: AbortSignal) =>
    syncHostedState(ports, {tell: (event) => events.push(event), signal})
  return {ports, sync, stored, cleared, events, asked, questions: () => questions}
}

function fails(error: Error): () => never {
  return () => {
    throw error
  }
}

describe('syncHostedState', () => {
  it('stores both lists for the account, and reports each', async () => {
    const {sync, stored, cleared, events, asked} = stage()
    expect(await sync()).to.deep.equal({models: {count: 1}, mcpServers: {count: 1}})
    const tail = `1 usr_1 ${NOW.toISOString()}`
    expect(stored.sort()).to.deep.equal([`models ${tail}`, `servers ${tail}`])
    expect(asked).to.have.length(2)
    expect(cleared, 'copies of others').to.deep.equal([['grace']])
    expect(events.slice(0, 2).map(({type}) => type)).to.deep.equal(['started', 'started'])
    expect(events.slice(2)).to.have.deep.members([
      {type: 'done', what: 'models', count: 1},
      {type: 'done', what: 'mcp-servers', count: 1},
    ])
  })

  it('then asks about prompts, unless the server returned neither list', async () => {
    const trouble = fails(new RemoteError('mogplex.com is in trouble.'))
    const timesAsked = async (changes: Parameters<typeof stage>[0]): Promise<number> => {
      const {sync, questions} = stage(changes)
      await sync()
      return questions()
    }
    expect(await timesAsked({})).to.equal(1)
    expect(await timesAsked({models: [trouble]})).to.equal(1)
    expect(await timesAsked({models: [trouble], mcpServers: [trouble]})).to.equal(0)
  })

  it('requests both at the same time', async () => {
    let release: (() => void) | undefined
    const second = new Promise<void>((resolve) => (release = resolve))
    const {sync} = stage({
      models: [() => second.then(() => [])],
      mcpServers: [
        () => {
          release?.()
          return []
        },
      ],
    })
    expect(await sync()).to.deep.equal({models: {count: 0}, mcpServers: {count: 0}})
  })

  it('stores one when the other fails, and says why that did', async () => {
    const error = new RemoteError('No.')
    const {sync, stored, events} = stage({models: [fails(error)]})
    expect(await sync()).to.deep.equal({models: {error}, mcpServers: {count: 1}})
    expect(stored).to.have.length(1)
    expect(events).to.deep.include({type: 'failed', what: 'models', error})
  })

  it('stores nothing when another login is in use by then', async () => {
    const seen: Credential[] = []
    const {sync, stored, cleared, events} = stage({
      session: {
        isStillInUse: (credential) => {
          seen.push(credential)
          return false
        },
        storedOfMogplex: () => [],
      },
    })
    const {models, mcpServers} = await sync()
    for (const outcome of [models, mcpServers]) {
      expect('error' in outcome && outcome.error).to.be.instanceOf(LoginChangedError)
    }
    expect(stored).to.deep.equal([])
    expect(cleared).to.deep.equal([['grace']])
    expect(seen.map((login) => login.type === 'oauth' && login.grantId)).to.deep.equal(
      Array(2).fill('grant-1'),
    )
    expect(events.map(({type}) => type))
      .to.include('failed')
      .and.not.to.include('done')
  })

  it('removes what it stored when a logout came in between', async () => {
    const answers = [true, false]
    const {sync, cleared} = stage({
      mcpServers: [fails(new RemoteError('No.'))],
      session: {isStillInUse: () => answers.shift() ?? false, storedOfMogplex: () => []},
    })
    const {models} = await sync()
    expect('error' in models && models.error).to.be.instanceOf(LoginChangedError)
    expect(cleared).to.deep.equal([['grace'], ['ada']])
  })

  it('fails where the copy of another account cannot be removed, and sends nothing', async () => {
    const failure = new LocalFileError('/x cannot be removed.', 'Remove it yourself.')
    const {sync, asked} = stage({failures: [failure]})
    expect(await sync().catch((error: unknown) => error)).to.equal(failure)
    expect(asked).to.deep.equal([])
  })

  it("keeps the signed-in account's copies where a variable’s key is a guest, and returns its own", async () => {
    const kept: string[] = []
    const own = hostedAccountOf(makeLogin(), serverAt(ISSUER))
    const access = givenAccess(makeShellKey)
    const {ports, stored, cleared} = stage({owner: own, access})
    const {models} = await syncHostedState(ports, {keep: ({what}) => kept.push(what)})
    expect('error' in models && models.error).to.be.instanceOf(ListOfOthersError)
    expect(kept.sort()).to.deep.equal(['mcp-servers', 'models'])
    expect(stored).to.deep.equal([])
    expect(cleared).to.deep.equal([['grace']])
  })

  it('sends nothing without a credential', async () => {
    const error = new CredentialRejectedError('No.')
    const {sync, asked, cleared, events} = stage({access: givenAccess(fails(error))})
    expect(await sync().catch((thrown: unknown) => thrown)).to.equal(error)
    expect([asked, cleared, events]).to.deep.equal([[], [], []])
  })

  it('ends when it is interrupted', async () => {
    const controller = new AbortController()
    const reason = new CancelledError('Enough.', 'Run it again.')
    const {sync, stored} = stage({
      models: [
        () => {
          controller.abort(reason)
          throw new UnreachableError('cut')
        },
      ],
      mcpServers: [
        () => {
          throw reason
        },
      ],
    })
    const error: unknown = await sync(controller.signal).catch((thrown: unknown) => thrown)
    expect(error).to.equal(reason)
    expect(stored).to.deep.equal([])
  })

  it('hides no bug of ours, after the other list is done', async () => {
    const mistake = new TypeError('x is not a function')
    const {sync, stored} = stage({models: [fails(mistake)]})
    expect(await sync().catch((thrown: unknown) => thrown)).to.equal(mistake)
    expect(stored).to.have.length(1)
  })
})
