import {expect} from 'chai'
import {PassThrough, Writable} from 'node:stream'
import {shownLog, writeLines} from '../../../../src/app/logs/shown-log.js'
import {MARKED, DISPLAY_OPTIONS} from '../make-display-options.js'

const time = new Date(2026, 10, 23, 9, 5, 7, 89).toISOString()
const path = '/home/ada/.mogplex/logs/x.jsonl'

function shown(lines: readonly (string | undefined)[], display = DISPLAY_OPTIONS): string[] {
  return [...shownLog({path, lines}, display)].slice(1)
}

describe('shownLog', () => {
  it('begins with the path, for sending the file', () => {
    expect([...shownLog({path, lines: []}, DISPLAY_OPTIONS)]).to.deep.equal([
      '~/.mogplex/logs/x.jsonl',
    ])
  })

  it('shows a record on a line: time, event, and fields', () => {
    const line = JSON.stringify({
      time,
      level: 'info',
      event: 'http.response',
      session: 'x',
      status: 200,
      url: 'http://a.test/',
      note: 'two words',
      headers: ['accept'],
    })
    expect(shown([line])).to.deep.equal([
      '09:05:07.089 http.response status=200 url=http://a.test/ note="two words" headers=["accept"]',
    ])
    expect(shown([line], MARKED)[0]).to.match(
      /^<faint 09:05:07\.089> <strong http\.response> <faint status=>200 /,
    )
  })

  it('shows an error in red, and its stack below it', () => {
    const line = JSON.stringify({
      time,
      level: 'error',
      event: 'crash',
      stack: 'Error: x\n    at y\u001b[2J',
    })
    expect(shown([line], MARKED)).to.deep.equal([
      '<faint 09:05:07.089> <bad crash>\n<faint   Error: x>\n<faint   at y [2J>',
    ])
  })

  it('contains nothing that moves a cursor, anywhere', () => {
    const hostile = '\u001b]0;title\u0007\u009b2J\u202e\r\n'
    const lines = [
      JSON.stringify({
        time: hostile,
        event: hostile,
        [hostile]: hostile,
        deep: [{[hostile]: hostile}],
      }),
      JSON.stringify({event: {}, stack: [hostile]}),
      `${hostile}no JSON`,
      '"just a text"',
      'null',
    ]
    expect(shown(lines).join('')).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect([...shownLog({path, lines}, undefined)].join('')).not.to.match(
      /[\u0000-\u001f\u007f-\u009f\u202e]/,
    )
  })

  it('prints one object per line for programs, and only records', () => {
    const lines = ['{"a":"\\u001b\u009b"}', 'no JSON', undefined, '[]', '{"b":1}']
    const all = [...shownLog({path, lines}, undefined)]
    expect(all).to.deep.equal(['{"a":"\\u001b\\u009b"}', '{"b":1}'])
    expect(JSON.parse(all[0] ?? '')).to.deep.equal({a: '\u001b\u009b'})
  })

  it('says that a line is too long', () => {
    expect(shown([undefined])).to.deep.equal(['A line that is too long to be shown.'])
  })
})

function* endless(): Generator<string> {
  for (;;) yield 'x'.repeat(1000)
}

describe('writeLines', () => {
  it('writes them all', async () => {
    const stream = new PassThrough()
    expect(await writeLines(stream, ['a', 'b'])).to.equal(true)
    expect(String(stream.read())).to.equal('a\nb\n')
    expect(await writeLines(stream, [])).to.equal(true)
  })

  it('stops when the reader leaves', async () => {
    const stream = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('left'), {code: 'EPIPE'}))
      },
    })
    stream.on('error', () => undefined)
    expect(await writeLines(stream, endless())).to.equal(false)
  })
})
