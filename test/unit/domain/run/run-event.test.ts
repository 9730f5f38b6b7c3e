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
  it('keeps an event unchanged, including its timestamp', () => {
    expect(parseEvents([WIRE])).to.deep.equal([WIRE])
  })

  it('accepts missing fields, and fields of another type', () => {
    expect(parseEvents([{id: 7}, {}, {payload: 'text', message: 5, type: null}])).to.deep.equal([
      {id: '7', type: 'event', toolName: null, message: null, payload: {}, createdAt: null},
      {id: '#1', type: 'event', toolName: null, message: null, payload: {}, createdAt: null},
      {id: '#2', type: 'event', toolName: null, message: null, payload: 'text', createdAt: null},
    ])
  })

  it('ignores an id that is too long to be kept', () => {
    const [event] = parseEvents([{...WIRE, id: 'x'.repeat(201)}])
    expect(event?.id).to.equal('#0')
  })

  it('leaves out anything but events', () => {
    expect(parseEvents([null, 'text', [], 5, WIRE])).to.deep.equal([WIRE])
  })
})
