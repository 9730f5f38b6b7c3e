import {expect} from 'chai'
import {listDisplayFor, syncTeller} from '../../../src/app/list-display.js'
import {paletteFor} from '../../../src/terminal/palette.js'
import {syncProgressLine} from '../../../src/app/sync-progress.js'
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

describe('listDisplayFor', () => {
  it('is as wide as a terminal, and unlimited elsewhere', () => {
    expect(listDisplayFor({isTTY: true, columns: 40}, {}, []).columns).to.equal(40)
    expect(listDisplayFor({columns: 40}, {}, []).columns).to.equal(undefined)
  })
})

describe('syncTeller', () => {
  const lines = EVENTS.map((event) => `${syncProgressLine(event, paletteFor(false))}\n`)

  it('writes one line per event', () => {
    expect(told({}, false)).to.equal(lines.join(''))
  })

  it('reports only failures to programs', () => {
    expect(told({}, true)).to.equal(lines[2])
  })

  it('breaks lines between words at a terminal', () => {
    const text = told({isTTY: true, columns: 30}, true)
    expect(text.replace(/\n(?=.)/g, ' ')).to.equal(lines[2])
    for (const line of text.split('\n')) expect(line).to.have.length.below(30)
  })
})
