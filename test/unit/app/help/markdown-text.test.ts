import {expect} from 'chai'
import {markdownText} from '../../../../src/app/help/markdown-text.js'
import {paletteFor} from '../../../../src/terminal/palette.js'

describe('markdownText', () => {
  const text = (markdown: string, columns = 40): string =>
    markdownText(markdown, {palette: paletteFor(false), columns})

  it('shows headings, and rewraps paragraphs', () => {
    expect(text('# A page\n\nSome text\nthat goes on.\n\n## A part\nMore.\n')).to.equal(
      'A page\n\n  Some text that goes on.\n\nA PART\n\n  More.',
    )
  })

  it('wraps a sentence that begins with the name of a command', () => {
    expect(text('mogplex reads it from standard input.', 24)).to.equal(
      '  mogplex reads it from\n  standard input.',
    )
  })

  it('breaks a long heading, and a label that lists commands', () => {
    expect(text('## 64: not signed in, or too late', 24)).to.equal(
      '64: NOT SIGNED IN, OR\nTOO LATE',
    )
    const table = '| a | b |\n| --- | --- |\n| `mogplex run`, `runs get`, `repos` | nobody |\n'
    expect(text(table, 24)).to.equal('  mogplex run, runs\n  get, repos\n      nobody')
  })

  it('keeps the text of links, and code as it is', () => {
    expect(text('See [the **other** page](x.md), `**kwargs` and **this**.', 80)).to.equal(
      '  See the other page, `**kwargs` and this.',
    )
  })

  it('shows shell commands with $, and other code without, never broken', () => {
    const markdown =
      '```sh\nmogplex login --expect-account ada@example.test\n\nls\n```\n\n```\na\n```\n'
    expect(text(markdown)).to.equal(
      '  $ mogplex login --expect-account ada@example.test\n\n  $ ls\n\n  a',
    )
  })

  it('leaves out comments', () => {
    expect(text('One.\n\n<!-- not run: why -->\n\n```text\ntwo\n```\n')).to.equal('  One.\n\n  two')
  })

  it('shows a table as labels with their texts', () => {
    const markdown = '| Code | | Do |\n| --- | --- | --- |\n| `1` | a \\| b | c |\n| 20 | d | |\n'
    expect(text(markdown)).to.equal('  1   a | b; c\n  20  d')
  })

  it('shows lists, one paragraph per item', () => {
    expect(text('- one\n  more\n- two\n')).to.equal('  - one more\n  - two')
    expect(text('1. one\n   more\n2. two\n')).to.equal('  1. one more\n  2. two')
  })
})
