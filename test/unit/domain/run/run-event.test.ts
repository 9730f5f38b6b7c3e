import {expect} from 'chai'
import {parseEvents} from '../../../../src/domain/run/run-event.js'

const WIRE = {
  id: 'e1',
  type: 'tool_started',
  toolName: 'shell',
  message: 'ls',
  payload: {a: 1},
  createdAt: '2026-11-23 16:00 or so',
}

describe('parseEvents', () => {
  it('keeps an event as it came, its instant included', () => {
    expect(parseEvents([WIRE])).to.deep.equal([WIRE])
  })

  it('takes what is missing, and what is of another kind', () => {
    expect(parseEvents([{id: 7}, {}, {payload: 'text', message: 5, type: null}])).to.deep.equal([
      {id: '7', type: 'event', toolName: null, message: null, payload: {}, createdAt: null},
      {id: '#1', type: 'event', toolName: null, message: null, payload: {}, createdAt: null},
      {id: '#2', type: 'event', toolName: null, message: null, payload: 'text', createdAt: null},
    ])
  })

  it('takes no id that would have to be kept and has no end', () => {
    const [event] = parseEvents([{...WIRE, id: 'x'.repeat(201)}])
    expect(event?.id).to.equal('#0')
  })

  it('leaves out what is no event', () => {
    expect(parseEvents([null, 'text', [], 5, WIRE])).to.deep.equal([WIRE])
  })
})
