import {expect} from 'chai'
import {idKey, parseMessage, parseMessages} from '../../../../src/domain/mcp/message.js'

describe('parseMessage', () => {
  it('distinguishes requests, notifications and answers', () => {
    const request = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
    expect(parseMessage(request)).to.deep.equal({
      kind: 'request',
      id: 1,
      method: 'ping',
      params: {},
      text: request,
    })
    const notification = '{"jsonrpc":"2.0","method":"a/b","params":{"c":1}}'
    expect(parseMessage(notification)).to.deep.equal({
      kind: 'notification',
      method: 'a/b',
      params: {c: 1},
      text: notification,
    })
    expect(parseMessage('{"jsonrpc":"2.0","id":"x","result":{}}')).to.include({kind: 'response'})
    const failed = parseMessage('{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"No."}}')
    expect(failed).to.deep.include({id: undefined, error: {code: -1, message: 'No.'}})
  })

  it('keeps the original text, including numbers, but on one line', () => {
    const text = '{"jsonrpc":"2.0","id":1,"result":{"n":12345678901234567890,"x":1.0}}'
    expect(parseMessage(text)?.text).to.equal(text)
    const pretty = '\uFEFF{"jsonrpc":"2.0",\r\n\n"id":1,\n"result":{"a":"b\\nc"}}\n'
    const shown = parseMessage(pretty)?.text ?? ''
    expect(shown).not.to.match(/[\r\n\uFEFF]/)
    expect(JSON.parse(shown)).to.deep.equal({jsonrpc: '2.0', id: 1, result: {a: 'b\nc'}})
  })

  for (const text of [
    '',
    'x',
    '[]',
    'null',
    '{}',
    '{"id":1,"method":"ping"}',
    '{"jsonrpc":"1.0","id":1,"method":"ping"}',
    '{"jsonrpc":"2.0","id":{},"method":"ping"}',
    '{"jsonrpc":"2.0","id":null,"method":"ping"}',
    '{"jsonrpc":"2.0","id":1}',
  ]) {
    it(`rejects ${text === '' ? 'nothing' : text} as a message`, () => {
      expect(parseMessage(text)).to.equal(undefined)
    })
  }

  it('reads each of a list, and leaves out invalid ones', () => {
    const list = '[{"jsonrpc":"2.0","method":"a"},1,{"jsonrpc":"2.0","id":2,"result":{}}]'
    expect(parseMessages(list).map(({kind}) => kind)).to.deep.equal(['notification', 'response'])
  })

  it('distinguishes the id 1 from the id "1"', () => {
    expect(idKey(1)).not.to.equal(idKey('1'))
  })
})
