import {expect} from 'chai'
import {
  belongsInHistory,
  formatEntry,
  MAX_ENTRIES,
  MAX_KEPT,
  parseHistory,
  trimHistory,
  withoutSecrets,
} from '../../../../src/domain/chat/prompt-history.js'

const AT = new Date('2026-11-23T17:00:00.000Z')

describe('belongsInHistory', () => {
  const isSecret = (text: string): boolean => text.includes('hunter2')

  it('keeps prompts and slash commands', () => {
    for (const text of ['hello', 'two\nlines', '/model x', '/login', ' /usr', 'task-list sk-1']) {
      expect(belongsInHistory(text, isSecret), text).to.equal(true)
    }
  })

  it('excludes anything blank, secret, or meant for a login', () => {
    for (const text of [
      ' \n',
      'it is hunter2',
      '/login abcdef',
      '/LOGIN  abcdef',
      'http://127.0.0.1:24816/auth/callback?code=abc&state=x',
      'https://x.example/#access_token=abc',
      'x'.repeat(40_000),
    ]) {
      expect(belongsInHistory(text, isSecret), text.slice(0, 60)).to.equal(false)
    }
  })
})

describe('the longest entry of the history', () => {
  it('has 32 times 1024 units', () => {
    expect(belongsInHistory('x '.repeat(16 * 1024), () => false)).to.equal(true)
    expect(belongsInHistory(`${'x '.repeat(16 * 1024)}x`, () => false)).to.equal(false)
  })
})

describe('withoutSecrets', () => {
  it('leaves out the lines that contain a secret, unchanged or as JSON spells it', () => {
    const isSecret = (text: string): boolean => /hunter2|a"b/.test(text)
    const lines = ['one', 'it is hunter2', 'it is a"b', 'two'].map((text) => formatEntry(text, AT))
    expect(withoutSecrets(`${lines.join('')}broken hunter2`, isSecret)).to.deep.equal({
      kept: `${lines[0] ?? ''}${lines[3] ?? ''}`,
      removed: 3,
    })
  })
})

describe('the lines of the history', () => {
  it('survive a round trip, including those of several lines', () => {
    const texts = ['one', 'two\nlines\t"quoted"', '日本 👩‍👧']
    const contents = texts.map((text) => formatEntry(text, AT)).join('')
    expect(contents.split('\n')).to.have.length(4)
    expect(parseHistory(contents)).to.deep.equal(texts)
  })

  it('are skipped where they are invalid, and appear once where they repeat', () => {
    const contents = [
      '{"text":"one"}',
      '{"text":"one"}',
      '',
      'broken',
      '{"text":3}',
      '[]',
      'null',
      '{"text":"two"}',
      '{"text":"cut off',
    ].join('\n')
    expect(parseHistory(contents)).to.deep.equal(['one', 'two'])
  })

  it('are the newest thousand', () => {
    const contents = Array.from({length: MAX_ENTRIES + 5}, (_, index) =>
      formatEntry(`entry ${index}`, AT),
    ).join('')
    expect(parseHistory(contents)).to.have.length(MAX_ENTRIES)
    const trimmed = trimHistory(`broken\n${contents}`)
    expect(trimmed.split('\n')).to.have.length(MAX_ENTRIES + 1)
    expect(parseHistory(trimmed)[0]).to.equal('entry 5')
    expect(parseHistory(trimmed)).to.deep.equal(parseHistory(contents))
  })

  it('take no more than a megabyte', () => {
    const long = formatEntry('x'.repeat(30_000), AT)
    const trimmed = trimHistory(long.repeat(100))
    expect(trimmed.length).to.be.within(MAX_KEPT - long.length, MAX_KEPT)
    expect(trimmed.endsWith('\n')).to.equal(true)
  })
})
