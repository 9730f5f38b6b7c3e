import {expect} from 'chai'
import {listShowingOn, syncTeller} from '../../../src/app/list-showing.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'

const EVENTS = [
  {type: 'started', what: 'models'},
  {type: 'done', what: 'models', count: 2},
  {type: 'failed', what: 'mcp-servers', error: new RemoteError('It broke.', 'Try again.')},
] as const

function told(stream: {isTTY?: boolean; columns?: number}, onlyFailures: boolean): string {
  let text = ''
  const tell = syncTeller({...stream, write: (more) => (text += more)}, {}, [], onlyFailures)
  for (const event of EVENTS) tell(event)
  return text
}

describe('listShowingOn', () => {
  it('is as wide as a terminal, and knows no width elsewhere', () => {
    expect(listShowingOn({isTTY: true, columns: 40}, {}, []).columns).to.equal(40)
    expect(listShowingOn({columns: 40}, {}, []).columns).to.equal(undefined)
  })
})

describe('syncTeller', () => {
  it('writes a line an event', () => {
    expect(told({}, false)).to.equal(
      'Syncing the models …\n2 models synced.\nThe MCP servers were not synced. It broke. Try again.\n',
    )
  })

  it('tells programs of failures only', () => {
    expect(told({}, true)).to.equal('The MCP servers were not synced. It broke. Try again.\n')
  })

  it('breaks lines between words at a terminal', () => {
    expect(told({isTTY: true, columns: 30}, true)).to.equal(
      'The MCP servers were not\nsynced. It broke. Try again.\n',
    )
  })
})
