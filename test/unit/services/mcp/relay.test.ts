import {expect} from 'chai'
import {NotLoggedInError} from '../../../../src/domain/errors/authentication.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {
  parseMessage,
  type RpcMessage,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from '../../../../src/domain/mcp/message.js'
import {Relay, type RelayPorts} from '../../../../src/services/mcp/relay.js'

type Fields = Record<string, unknown>

function text(fields: object): string {
  return JSON.stringify({jsonrpc: '2.0', ...fields})
}

function parsed<Kind extends RpcMessage['kind']>(
  kind: Kind,
  fields: object,
): Extract<RpcMessage, {kind: Kind}> {
  const message = parseMessage(text(fields))
  if (message?.kind !== kind) throw new Error(`This is no ${kind}.`)
  return message as Extract<RpcMessage, {kind: Kind}>
}

const request = (fields: object): RpcRequest => parsed('request', {id: 1, ...fields})
const notification = (fields: object): RpcNotification => parsed('notification', fields)
const answerTo = (id: number, result: object = {}): RpcResponse => parsed('response', {id, result})

async function* these(messages: readonly RpcMessage[]): AsyncGenerator<RpcMessage, void> {
  yield* messages
}

const LIST = request({method: 'tools/list'})
const CALL = request({method: 'tools/call', params: {name: 'writes'}})

/** A relay whose server sends these messages one after the other, or fails. */
function relaying(
  said: readonly RpcMessage[] | Error | Promise<readonly RpcMessage[]>,
  ports: Partial<RelayPorts> = {},
) {
  const written: Fields[] = []
  const sent: string[] = []
  const relay = new Relay({
    connection: {
      initialize: async () => Promise.resolve(answerTo(0, {capabilities: {tools: {}}})),
      async send(line) {
        sent.push(line)
        if (said instanceof Error) throw said
        const messages = await said
        return these(messages)
      },
      async notify(line) {
        sent.push(line)
        return Promise.resolve()
      },
    },
    async write(line) {
      written.push(JSON.parse(line) as Fields)
      return Promise.resolve()
    },
    readOnlyTools: undefined,
    version: '1.2.3',
    ...ports,
  })
  return {relay, written, sent}
}

const marked = {
  has: async (name: string) => Promise.resolve(name === 'reads'),
  forget: () => undefined,
}

describe('Relay', () => {
  it('forwards a request unchanged, and everything until the answer', async () => {
    const progress = notification({method: 'notifications/progress', params: {progress: 1}})
    const last = answerTo(1, {content: []})
    const {relay, written, sent} = relaying([progress, last, answerTo(1, {never: 'read'})])
    await relay.answer(CALL)
    expect(sent).to.deep.equal([CALL.text])
    expect(written.map((each) => JSON.stringify(each))).to.deep.equal([progress.text, last.text])
  })

  it('answers a ping itself, and announces changes of the tools', async () => {
    const {relay, written, sent} = relaying([])
    await relay.answer(request({method: 'ping'}))
    await relay.answer(request({id: 0, method: 'initialize'}))
    expect(sent).to.deep.equal([])
    expect(written).to.deep.equal([
      {jsonrpc: '2.0', id: 1, result: {}},
      {jsonrpc: '2.0', id: 0, result: {capabilities: {tools: {listChanged: true}}}},
    ])
  })

  it('holds messages until the handshake of host and server is done', async () => {
    let introduce = (_answer: RpcResponse): void => undefined
    const sent: string[] = []
    const {relay} = relaying([], {
      connection: {
        initialize: async () => new Promise((resolve) => (introduce = resolve)),
        send: async (line) => {
          sent.push(line)
          return Promise.resolve(these([]))
        },
        notify: async (line) => {
          sent.push(line)
          return Promise.resolve()
        },
      },
    })
    const all = [
      relay.answer(request({id: 0, method: 'initialize'})),
      relay.pass(notification({method: 'notifications/initialized'})),
      relay.answer(LIST),
    ]
    await new Promise(setImmediate)
    expect(sent).to.deep.equal([])
    introduce(answerTo(0))
    await Promise.all(all)
    expect(sent.map((line) => (JSON.parse(line) as Fields).method)).to.deep.equal([
      'notifications/initialized',
      'tools/list',
    ])
  })

  it('writes nothing for a cancelled request, and refuses an id in use', async () => {
    let answer = (_messages: readonly RpcMessage[]): void => undefined
    const pending = new Promise<readonly RpcMessage[]>((resolve) => (answer = resolve))
    const {relay, written} = relaying(pending)
    const calling = relay.answer(CALL)
    await relay.answer(LIST)
    expect(written).to.have.length(1)
    expect(written[0]).to.have.nested.property('error.code', -32_600)
    relay.cancel(notification({method: 'notifications/cancelled', params: {requestId: '1'}}))
    relay.cancel(notification({method: 'notifications/cancelled', params: {requestId: 1}}))
    answer([notification({method: 'notifications/message'}), answerTo(1)])
    await calling
    expect(written).to.have.length(1)
  })

  it('turns a failed call into an error of the tool, and other failures into an error with a remedy', async () => {
    const {relay, written} = relaying(new RemoteError('The server is away.'))
    await relay.answer(CALL)
    expect(written[0]).to.have.nested.property('result.isError', true)
    await relay.answer(LIST)
    expect(written[1]).to.have.nested.property('error.data.exitCode', 69)
  })

  it('has no tools, which is not an error, while nobody is signed in', async () => {
    const {relay, written} = relaying(new NotLoggedInError())
    await relay.answer(LIST)
    expect(written[0]?.result).to.deep.equal({tools: []})
    await relay.answer(request({method: 'prompts/list'}))
    expect(written[1]).to.have.nested.property('error.data.exitCode', 64)
  })

  it('answers even after a bug of ours', async () => {
    const {relay, written} = relaying(new TypeError('oops'))
    await relay.answer(CALL)
    expect(written[0]).to.have.nested.property('error.code', -32_603)
  })

  it('accepts an error without an id as the answer, and no answer to another request', async () => {
    const bad = parsed('response', {id: null, error: {code: -32_700, message: 'What?'}})
    const {relay, written} = relaying([bad])
    await relay.answer(LIST)
    expect(written[0]).to.deep.equal({
      jsonrpc: '2.0',
      id: 1,
      error: {code: -32_700, message: 'What?'},
    })
    const other = relaying([answerTo(2)])
    await other.relay.answer(CALL)
    expect(JSON.stringify(other.written.at(-1))).to.include('carried out')
  })

  describe('with --read-only', () => {
    it('allows what is marked, and refuses other tools and other methods', async () => {
      const {relay, written, sent} = relaying([answerTo(1)], {readOnlyTools: marked})
      await relay.answer(request({method: 'tools/call', params: {name: 'reads'}}))
      expect(sent).to.have.length(1)
      await relay.answer(CALL)
      await relay.answer(request({method: 'tools/call', params: {name: ['reads']}}))
      await relay.answer(request({method: 'some/writing'}))
      expect(sent).to.have.length(1)
      expect(
        written.slice(1, 3).every(({result}) => JSON.stringify(result).includes('--read-only')),
      ).to.equal(true)
      expect(written[3]).to.have.nested.property('error.code', -32_601)
    })

    it('sends a request as it was checked: otherwise the server may read a duplicate name', async () => {
      const twice =
        '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"writes","name":"reads"}}'
      const message = parseMessage(twice)
      if (message?.kind !== 'request') throw new Error('No request.')
      const {relay, sent} = relaying([answerTo(1)], {readOnlyTools: marked})
      await relay.answer(message)
      expect(sent[0]).not.to.include('writes')
    })
  })

  it('reports changed tools once the host is introduced, and not before', async () => {
    const {relay, written} = relaying([])
    relay.toolsChanged()
    await relay.answer(request({id: 0, method: 'initialize'}))
    await relay.pass(notification({method: 'notifications/initialized'}))
    relay.toolsChanged()
    await new Promise(setImmediate)
    expect(written.slice(1)).to.deep.equal([
      {jsonrpc: '2.0', method: 'notifications/tools/list_changed'},
    ])
  })
})
