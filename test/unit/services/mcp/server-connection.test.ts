import {expect} from 'chai'
import type {McpAnswer} from '../../../../src/adapters/mogplex-api/mcp-endpoint.js'
import type {Credential} from '../../../../src/domain/credential/credential.js'
import {CredentialRejectedError} from '../../../../src/domain/errors/authentication.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {parseMessage, type RpcMessage, type RpcRequest} from '../../../../src/domain/mcp/message.js'
import {ServerConnection} from '../../../../src/services/mcp/server-connection.js'
import {makeKey, NOW} from '../../../support/make-credential.js'

const NEVER = new AbortController().signal
const CALL = text({id: 7, method: 'tools/call'})

function text(fields: object): string {
  return JSON.stringify({jsonrpc: '2.0', ...fields})
}

function parsed(line: string): RpcMessage {
  const message = parseMessage(line)
  if (message === undefined) throw new Error('No message.')
  return message
}

function initialize(): RpcRequest {
  const params = {protocolVersion: '2025-06-18', clientInfo: {name: 'a-host', version: '1'}}
  const message = parsed(text({id: 0, method: 'initialize', params}))
  if (message.kind !== 'request') throw new Error('No request.')
  return message
}

/** A server with sessions, and an account that can be changed. */
function setUp() {
  const state = {
    account: 'ada' as string | undefined,
    failure: undefined as Error | undefined,
    now: NOW,
  }
  const known = new Set<string>()
  const asked: string[] = []
  const listening: AbortSignal[] = []
  let [count, changes] = [0, 0]

  const credential = (): Credential | undefined =>
    state.account === undefined ? undefined : makeKey('mogplex')

  async function* said(lines: readonly string[]): AsyncGenerator<RpcMessage, void> {
    for (const line of lines) yield await Promise.resolve(parsed(line))
  }
  const answer = (lines: readonly string[], sessionId?: string): McpAnswer => ({
    messages: said(lines),
    position: {},
    close: () => undefined,
    sessionId,
  })

  const connection = new ServerConnection({
    access: {
      peek: credential,
      async use(work) {
        const found = credential()
        if (found === undefined) throw new CredentialRejectedError('Nobody.', 'Sign in.', true)
        return work(found)
      },
    },
    endpointFor: () => ({
      async post(line, {session}) {
        await Promise.resolve()
        if (state.failure !== undefined) throw state.failure
        const message = parsed(line)
        const method = message.kind === 'response' ? 'answer' : message.method
        asked.push(`${method} ${session.id ?? '-'} ${session.protocolVersion ?? '-'}`)
        if (method === 'initialize') {
          const id = `${state.account ?? ''}-${(count += 1)}`
          known.add(id)
          const result = {protocolVersion: '2025-11-25', capabilities: {}}
          const {id: asId} = message as RpcRequest
          return answer([text({id: asId, result})], id)
        }
        if (session.id !== undefined && !known.has(session.id)) return undefined
        return answer(message.kind === 'request' ? [text({id: message.id, result: {}})] : [])
      },
      listen: async () => Promise.resolve(undefined),
      async end({session}) {
        asked.push(`end ${session.id ?? '-'}`)
        return Promise.resolve()
      },
    }),
    accountOf: () => state.account ?? '',
    idOf: () => state.account ?? '',
    clock: {now: () => state.now},
    version: '1.2.3',
    async listen(_open, signal) {
      listening.push(signal)
      return Promise.resolve()
    },
    pause: async () => Promise.resolve(),
    onChanged: () => (changes += 1),
  })
  const later = (milliseconds: number): void => {
    state.now = new Date(state.now.getTime() + milliseconds)
  }
  const send = async (line = CALL, isCall = true): Promise<unknown> =>
    connection.send(line, {signal: NEVER, isCall}).catch((error: unknown) => error)
  return {state, known, asked, listening, connection, later, send, changes: () => changes}
}

describe('ServerConnection', () => {
  it('sends in the session that the server began, with its version', async () => {
    const {connection, asked, send, changes} = setUp()
    const answer = await connection.initialize(initialize(), NEVER)
    expect(answer.id).to.equal(0)
    await connection.notify(text({method: 'notifications/initialized'}), NEVER)
    await send()
    expect(asked).to.deep.equal([
      'initialize - -',
      'notifications/initialized ada-1 2025-11-25',
      'tools/call ada-1 2025-11-25',
    ])
    expect(changes()).to.equal(0)
  })

  it('begins one session for all simultaneous requests without one', async () => {
    const {asked, send} = setUp()
    await Promise.all([send(), send(), send()])
    expect(asked.filter((line) => line.startsWith('initialize'))).to.have.length(1)
    expect(asked.filter((line) => line.startsWith('tools/call ada-1'))).to.have.length(3)
  })

  it('begins a new session for another account, at once, and ends the old one', async () => {
    const {connection, state, asked, listening, send, changes} = setUp()
    await connection.initialize(initialize(), NEVER)
    state.account = 'grace'
    await send()
    expect(asked.slice(1)).to.deep.equal([
      'initialize - -',
      'notifications/initialized grace-2 2025-11-25',
      'tools/call grace-2 2025-11-25',
    ])
    expect(listening.map(({aborted}) => aborted)).to.deep.equal([true, false])
    expect(changes()).to.equal(1)
  })

  it('repeats a request in a new session where the server forgot the old one, but not a tool call', async () => {
    const {connection, known, asked, send} = setUp()
    await connection.initialize(initialize(), NEVER)
    known.clear()
    expect(await send(text({id: 8, method: 'tools/list'}), false)).not.to.be.instanceOf(Error)
    expect(asked.slice(1)).to.deep.equal([
      'tools/list ada-1 2025-11-25',
      'initialize - -',
      'notifications/initialized ada-2 2025-11-25',
      'tools/list ada-2 2025-11-25',
    ])
    known.clear()
    expect(await send()).to.include({code: 'MCP_SESSION_LOST'})
    expect(asked.filter((line) => line.startsWith('tools/call'))).to.have.length(1)
    expect(await send()).not.to.be.instanceOf(Error)
  })

  it('notices a logout and a login when it checks, and reports changed tools for each', async () => {
    const {connection, state, listening, asked, changes} = setUp()
    await connection.initialize(initialize(), NEVER)
    await connection.look()
    expect([changes(), asked.length]).to.deep.equal([0, 1])
    state.account = undefined
    await connection.look()
    await connection.look()
    expect(changes()).to.equal(1)
    expect(listening[0]?.aborted).to.equal(true)
    state.account = 'ada'
    await connection.look()
    expect(changes()).to.equal(2)
    expect(asked.at(-1)).to.equal('notifications/initialized ada-2 2025-11-25')
  })

  for (const [what, failure, longestMs] of [
    ['is away', new RemoteError('Away.'), 30_000],
    ['rejects the credential', new CredentialRejectedError('No.', 'Sign in.', true), 600_000],
  ] as const) {
    it(`checks ever later while the server ${what}, and at once for another account`, async () => {
      const {connection, state, later} = setUp()
      state.failure = failure
      let tries = 0
      Object.defineProperty(state, 'failure', {
        get() {
          tries += 1
          return failure
        },
      })
      const waits: number[] = []
      for (let turn = 0, waited = 0; waits.length < 12; turn += 1) {
        const before = tries
        await connection.look()
        if (tries > before) {
          waits.push(waited)
          waited = 0
        }
        later(1000)
        waited += 1000
      }
      expect(waits.slice(0, 5)).to.deep.equal([0, 1000, 2000, 4000, 8000])
      expect(Math.max(...waits)).to.equal(longestMs)
      const before = tries
      state.account = 'grace'
      await connection.look()
      expect(tries).to.be.above(before)
    })
  }

  it('drops its session when its credential is rejected', async () => {
    const {connection, state, listening, send} = setUp()
    await connection.initialize(initialize(), NEVER)
    state.failure = new CredentialRejectedError('No.', 'Sign in.', true)
    expect(await send()).to.equal(state.failure)
    expect(listening[0]?.aborted).to.equal(true)
  })

  it('ends the session at the server when it is closed', async () => {
    const {connection, asked, listening} = setUp()
    await connection.initialize(initialize(), NEVER)
    await connection.close()
    expect(asked.at(-1)).to.equal('end ada-1')
    expect(listening[0]?.aborted).to.equal(true)
  })
})
