import {expect} from 'chai'
import type {McpStream} from '../../../../src/adapters/mogplex-api/mcp-endpoint.js'
import {parseMessage, type RpcMessage} from '../../../../src/domain/mcp/message.js'
import {resumed} from '../../../../src/services/mcp/resumed.js'

function message(method: string): RpcMessage {
  const parsed = parseMessage(JSON.stringify({jsonrpc: '2.0', method}))
  if (parsed === undefined) throw new Error('No message.')
  return parsed
}

/** A stream that sends messages, and then ends or fails. */
function stream(methods: readonly string[], id?: string, failure?: Error): McpStream {
  async function* messages(): AsyncGenerator<RpcMessage, void> {
    for (const method of methods) yield await Promise.resolve(message(method))
    if (failure !== undefined) throw failure
  }
  return {
    messages: messages(),
    position: {...(id !== undefined && {id}), retryMs: 20},
    close: () => undefined,
  }
}

async function read(first: McpStream, rest: readonly (Error | McpStream | undefined)[]) {
  const asked: string[] = []
  const waits: number[] = []
  const methods: string[] = []
  const left = [...rest]
  const messages = resumed(first, {
    async open(after) {
      asked.push(after)
      const next = left.shift()
      if (next instanceof Error) throw next
      return Promise.resolve(next)
    },
    async pause(milliseconds) {
      waits.push(milliseconds)
      return Promise.resolve()
    },
  })
  let error: unknown
  try {
    for await (const one of messages) methods.push('method' in one ? one.method : '')
  } catch (caught) {
    error = caught
  }
  return {asked, waits, methods, error}
}

const CUT = new Error('Cut.')

describe('resumed', () => {
  it('requests the rest after the last event, after the wait that the server requests', async () => {
    const rest = [stream(['b'], '2', CUT), stream(['c'], '3'), undefined]
    const {asked, waits, methods, error} = await read(stream(['a'], '1'), rest)
    expect(methods).to.deep.equal(['a', 'b', 'c'])
    expect(asked).to.deep.equal(['1', '2', '3'])
    expect(waits).to.deep.equal([20, 20, 20])
    expect(error).to.equal(undefined)
  })

  it('resumes nothing without a position', async () => {
    const {asked, error} = await read(stream(['a'], undefined, CUT), [])
    expect(asked).to.deep.equal([])
    expect(error).to.equal(CUT)
  })

  it('fails with the error of the stream, where the server does not support it', async () => {
    expect((await read(stream([], '1', CUT), [undefined])).error).to.equal(CUT)
  })

  it('retries while the network is unavailable, and gives up in the end', async () => {
    const {methods} = await read(stream([], '1', CUT), [CUT, CUT, stream(['a'], '2'), undefined])
    expect(methods).to.deep.equal(['a'])
    const {error, waits} = await read(stream([], '1', CUT), [CUT, CUT, CUT, CUT, CUT])
    expect(error).to.equal(CUT)
    expect(waits).to.deep.equal([20, 40, 60, 80, 100])
  })

  it('does not loop forever where nothing new comes', async () => {
    const same = Array.from({length: 50}, () => stream([], '1'))
    const {asked} = await read(stream([], '1'), same)
    expect(asked).to.have.length(5)
  })
})
