import {expect} from 'chai'
import {AnswerLines} from '../../../src/terminal/answer-lines.js'

function shown(pieces: readonly string[], columns: number): string[] {
  const answer = new AnswerLines()
  return [...pieces.flatMap((piece) => answer.write(piece, columns)), ...answer.end()]
}

describe('AnswerLines', () => {
  it('breaks between words, with any chunk boundaries', () => {
    const text = 'the quick brown fox jumps over the lazy dog\nand so on'
    const lines = ['the quick', 'brown fox', 'jumps over', 'the lazy', 'dog', 'and so on']
    expect(shown([text], 11)).to.deep.equal(lines)
    expect(shown(text.split(''), 11)).to.deep.equal(lines)
    expect(shown(text.split(/(?<= )/), 11)).to.deep.equal(lines)
  })

  it('never breaks an address, which gets a separate line', () => {
    const text = 'see https://mogplex.com/docs/a/long/way there'
    const lines = ['see', 'https://mogplex.com/docs/a/long/way', 'there']
    expect(shown([text], 12)).to.deep.equal(lines)
    expect(shown(text.split(''), 12)).to.deep.equal(lines)
  })

  it('keeps blank lines and indentation', () => {
    expect(shown(['a\n\n    b c\n'], 20)).to.deep.equal(['a', '', '    b c'])
    expect(shown(['\tif x\n'], 20)).to.deep.equal(['    if x'])
  })

  it('measures wide characters', () => {
    expect(shown(['日本 語日 本語'], 11)).to.deep.equal(['日本 語日', '本語'])
  })

  it('handles a megabyte in one line', () => {
    const line = 'some words in one line '.repeat(45_000)
    const rows = new AnswerLines().write(line, 80)
    expect(rows).to.have.lengthOf.above(13_000)
    expect(rows.join(' ')).to.equal(line.slice(0, rows.join(' ').length))
    for (const row of rows) expect(row.length).to.be.below(80)
    expect(shown(['日本 語日 '.repeat(8000)], 80)).to.have.lengthOf(1000)
  })

  it('shows the open line unchanged, and breaks what is too long for a word', () => {
    const answer = new AnswerLines()
    expect(answer.write('one\ntwo ', 20)).to.deep.equal(['one'])
    expect(answer.open).to.equal('two ')
    expect(answer.end()).to.deep.equal(['two'])
    expect(answer.open).to.equal('')
    expect(answer.end()).to.deep.equal([])
    for (const line of shown(['x'.repeat(3000)], 80)) expect(line.length).to.be.at.most(79)
  })

  it('removes everything that could move the cursor or reverse text', () => {
    const hostile = '\x1b[2Ja\x1b]0;title\x07b\rc\bd\x9b31me\u202ef\u2066g'
    expect(shown(hostile.split(''), 80)).to.deep.equal(['[2Ja]0;titlebcd31mefg'])
  })
})
