import {expect} from 'chai'
import {NotLoggedInError} from '../../../../src/domain/errors/authentication.js'
import {
  type RpcRequest,
  type RpcResponse,
  parseMessage,
} from '../../../../src/domain/mcp/message.js'
import {
  announcingChanges,
  ownInitializeText,
  troubleText,
} from '../../../../src/domain/mcp/own-answers.js'

function request(method: string, params = {}): RpcRequest {
  return {kind: 'request', id: 7, method, params, text: ''}
}

function parsed(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>
}

describe('the answer to initialize where nobody is signed in', () => {
  for (const [asked, given] of [
    ['2025-06-18', '2025-06-18'],
    ['2024-11-05', '2024-11-05'],
    ['1999-01-01', '2025-11-25'],
    [undefined, '2025-11-25'],
  ]) {
    it(`uses ${given} with a host that requests ${asked ?? 'nothing'}`, () => {
      const initialize = request('initialize', {protocolVersion: asked})
      const {id, result} = parsed(ownInitializeText(initialize, '1.2.3', new NotLoggedInError()))
      expect(id).to.equal(7)
      expect(result).to.deep.include({
        protocolVersion: given,
        capabilities: {tools: {listChanged: true}},
      })
      expect(JSON.stringify(result)).to.include('mogplex login')
    })
  }
})

describe('announcingChanges', () => {
  const answer = (capabilities: object): RpcResponse => {
    const text = JSON.stringify({jsonrpc: '2.0', id: 1, result: {capabilities, more: [1]}})
    const message = parseMessage(text)
    if (message?.kind !== 'response') throw new Error('No answer.')
    return message
  }

  it('says that the list of tools may change, and keeps everything else', () => {
    const text = announcingChanges(answer({prompts: {}, tools: {listChanged: false}}))
    expect(parsed(text).result).to.deep.equal({
      capabilities: {prompts: {}, tools: {listChanged: true}},
      more: [1],
    })
  })

  it('leaves an answer unchanged that says so, or has no tools', () => {
    for (const capabilities of [{}, {tools: {listChanged: true}}]) {
      const given = answer(capabilities)
      expect(announcingChanges(given)).to.equal(given.text)
    }
  })
})

describe('troubleText', () => {
  it('is a result that models read, where a tool was called', () => {
    const {result} = parsed(troubleText(request('tools/call'), new NotLoggedInError()))
    expect(result).to.deep.include({isError: true})
    expect(JSON.stringify(result)).to.include('mogplex login')
  })

  it('is an error otherwise, with the fields that programs branch on', () => {
    const {error} = parsed(troubleText(request('prompts/list'), new NotLoggedInError()))
    expect(error).to.deep.nested.include({'data.code': 'NOT_LOGGED_IN', 'data.exitCode': 64})
  })
})
