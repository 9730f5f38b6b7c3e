import {expect} from 'chai'
import {eventDigest, eventLines, watchedLines} from '../../../../src/app/run/event-text.js'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {redactBeforePrinting} from '../../../../src/domain/text/printable.js'
import type {RunEvent} from '../../../../src/domain/run/run-event.js'
import {makeEvent} from '../../../support/make-run.js'

const palette = paletteFor(false)

function logged(changes: Partial<RunEvent>, columns?: number): string[] {
  return eventLines(makeEvent({createdAt: null, ...changes}), {palette, columns})
}

function watched(changes: Partial<RunEvent>, columns = 80): string[] {
  return watchedLines(makeEvent({createdAt: null, ...changes}), {palette, columns})
}

describe('an event', () => {
  it('is shown at once, with any number of blanks', () => {
    const [line] = logged({type: 'text', message: `a${' '.repeat(1_000_000)}b${' '.repeat(9)}`})
    expect(line).to.match(/^--:--:-- {2}text +a/)
  })

  it('shows its time, type, tool and text in a log', () => {
    expect(logged({type: 'tool_started', toolName: 'shell', message: 'npm test'})).to.deep.equal([
      '--:--:--  tool_started   shell: npm test',
    ])
    const [line = ''] = logged({createdAt: '2026-11-23T16:00:01Z'})
    expect(line).to.match(/^\d\d:\d\d:01 {2}log {12}Hello\.$/)
  })

  it('has a mark for its type for people, and its name where that is not enough', () => {
    expect(watched({type: 'tool_started', toolName: 'shell', message: 'ls'})).to.deep.equal([
      '--:--:--  ▸ shell: ls',
    ])
    expect(watched({type: 'checkpoint', message: 'x'})).to.deep.equal(['--:--:--  · checkpoint: x'])
    expect(watched({type: 'finished', message: null})).to.deep.equal(['--:--:--  ✓ finished'])
    expect(watched({type: 'failed'})).to.deep.equal(['--:--:--  ✗ failed: Hello.'])
  })

  it('is also recognised by the names in the documentation', () => {
    const call = {type: 'tool_call', toolName: 'shell', message: 'ls'}
    expect(watched(call)).to.deep.equal(['--:--:--  ▸ shell: ls'])
    expect(watched({...call, type: 'tool_result'})).to.deep.equal(['--:--:--  ◂ shell: ls'])
    expect(watched({type: 'assistant_message'})).to.deep.equal(['--:--:--    Hello.'])
    expect(watched({type: 'stream_started'})).to.deep.equal(['--:--:--  ● stream_started: Hello.'])
    expect(eventDigest(makeEvent(call))).to.equal('shell: ls')
    expect(eventDigest(makeEvent({type: 'tool_result'}))).to.equal('thinking')
    expect(logged(call)[0]).to.include('tool_call')
  })

  for (const type of ['constructor', '__proto__', 'toString']) {
    it(`may be of the type ${type}`, () => {
      expect(watched({type})).to.deep.equal([`--:--:--  · ${type}: Hello.`])
      expect(logged({type})[0]).to.include(type)
    })
  }

  it('keeps the lines of its message, including indentation', () => {
    expect(logged({message: 'one\n  two\r\n\tthree\n\n'})).to.deep.equal([
      '--:--:--  log            one',
      `${' '.repeat(25)}  two`,
      `${' '.repeat(25)}  three`,
    ])
  })

  it('is redacted before it is cut into lines', () => {
    redactBeforePrinting((text) => text.replaceAll(/hun\s*ter2/g, '[redacted]'))
    try {
      expect(logged({message: 'It is hun\nter2, or\nhunter2.'})).to.deep.equal([
        '--:--:--  log            It is [redacted], or',
        '                         [redacted].',
      ])
    } finally {
      redactBeforePrinting((text) => text)
    }
  })

  it('shows its payload when it has no message', () => {
    expect(logged({message: null, payload: {code: 1, text: 'a', more: [1]}})[0]).to.match(
      /code 1, text a, more \[1\]$/,
    )
    expect(logged({message: null, payload: 'text'})[0]).to.match(/text$/)
    expect(logged({message: null, payload: [1, {a: 2}]})[0]).to.match(/ {2}\[1,\{"a":2\}\]$/)
    expect(logged({message: null, payload: null})[0]).to.match(/ {2}log$/)
    for (const payload of [{}, null, [], 7, true]) {
      expect(logged({message: null, payload})).to.have.length(1)
    }
  })

  it('is truncated when it is long, with a note', () => {
    const [first = '', second = ''] = logged({message: 'x'.repeat(1_000_000)})
    expect(first).to.have.length(25 + 2000)
    expect(second.trim()).to.equal('… 998,000 more characters')
    const lines = logged({message: 'l\n'.repeat(500)})
    expect(lines).to.have.length(41)
    expect(lines.at(-1)?.trim()).to.equal('… 460 more lines')
  })

  it('fits a terminal, with wide characters too', () => {
    const message = 'A sentence of several words with 日本語 日本語 日本語 日本語 日本語 in it.'
    for (const columns of [120, 80, 60, 40, 30]) {
      for (const lines of [watched({message}, columns), logged({message}, columns)]) {
        for (const line of lines) {
          const wide = Array.from(line).reduce(
            (sum, letter) => sum + (letter > '\u2000' ? 2 : 1),
            0,
          )
          expect(wide, line).to.be.below(columns)
        }
      }
    }
    expect(watched({message: 'word '.repeat(9)}, 15)[0]).to.match(/^ {2}word/)
  })

  it("shows the agent's activity, where known", () => {
    const doing = (changes: Partial<RunEvent>) => eventDigest(makeEvent(changes))
    expect(doing({type: 'tool_started', toolName: 'shell', message: 'ls\nmore'})).to.equal(
      'shell: ls',
    )
    expect(doing({type: 'log', message: 'I look.'})).to.equal('I look.')
    expect(doing({type: 'tool_finished'})).to.equal('thinking')
    expect(doing({type: 'status_changed'})).to.equal(undefined)
    expect(doing({message: null})).to.equal(undefined)
  })
})
