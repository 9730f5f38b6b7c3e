import {expect} from 'chai'
import {parseMessage, type RpcResponse} from '../../../../src/domain/mcp/message.js'
import {
  isReading,
  readOnlyList,
  readOnlyNames,
  withoutTricks,
} from '../../../../src/domain/mcp/read-only.js'

function list(tools: readonly object[]): RpcResponse {
  const message = parseMessage(
    JSON.stringify({jsonrpc: '2.0', id: 1, result: {tools, nextCursor: 'more'}}),
  )
  if (message?.kind !== 'response') throw new Error('No answer.')
  return message
}

const READS = {name: 'reads', annotations: {readOnlyHint: true}}
const OTHERS = [
  {name: 'bare'},
  {name: 'empty', annotations: {}},
  {name: 'writes', annotations: {readOnlyHint: false}},
  {name: 'text', annotations: {readOnlyHint: 'true'}},
  {annotations: {readOnlyHint: true}},
]

describe('a list of tools, with --read-only', () => {
  it('keeps the marked ones, and the cursor of the next page', () => {
    expect([...readOnlyNames(list([READS, ...OTHERS]))]).to.deep.equal(['reads'])
    const shown = JSON.parse(readOnlyList(list([...OTHERS, READS]))) as {result: unknown}
    expect(shown.result).to.deep.equal({tools: [READS], nextCursor: 'more'})
  })

  it('excludes a duplicate name, once without a mark', () => {
    expect([...readOnlyNames(list([READS, {name: 'reads'}]))]).to.deep.equal([])
  })

  it('allows only reading methods', () => {
    expect(['tools/list', 'resources/read', 'prompts/get'].every(isReading)).to.equal(true)
    expect(['tools/call', 'tasks/cancel', 'anything/else'].some(isReading)).to.equal(false)
  })

  it('rewrites a request as it was checked, where a member is duplicated', () => {
    const text =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"writes","name":"reads"}}'
    const request = parseMessage(text)
    if (request?.kind !== 'request') throw new Error('No request.')
    expect(withoutTricks(request)).to.include('"reads"').and.not.to.include('"writes"')
  })
})
