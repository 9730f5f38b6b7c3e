import {expect} from 'chai'
import {labelledLines, pageText} from '../../../../src/app/help/help-page.js'
import {paletteFor} from '../../../../src/terminal/palette.js'

describe('pageText', () => {
  it('leaves out empty sections, and breaks no command', () => {
    const sections = [
      {title: 'EMPTY', rows: [], lines: []},
      {title: 'LINES', lines: ['  one two three four']},
      {title: 'COMMANDS', commands: ['$ mogplex login --no-browser']},
    ]
    const text = pageText('', sections, {palette: paletteFor(false), columns: 16})
    expect(text).to.equal(
      'LINES\n  one two three\n  four\n\nCOMMANDS\n  $ mogplex login --no-browser',
    )
  })

  it('emphasises titles where colour is supported', () => {
    const display = {palette: paletteFor(true), columns: 80}
    expect(pageText('', [{title: 'X', lines: ['  y']}], display)).to.match(/^\u001B\[1mX/)
  })
})

describe('labelledLines', () => {
  const labelled = [
    ['a', 'short'],
    ['a-long-label', 'text'],
  ] as const

  it('puts texts beside their labels where there is room', () => {
    expect(labelledLines(labelled, 80)).to.deep.equal([
      '  a             short',
      '  a-long-label  text',
    ])
  })

  it('puts all of them below otherwise', () => {
    expect(labelledLines(labelled, 24)).to.deep.equal([
      '  a',
      '      short',
      '  a-long-label',
      '      text',
    ])
  })
})
