import {expect} from 'chai'
import {broken, fit, rowsOf, wrap} from '../../../src/terminal/wrap.js'

describe('wrap', () => {
  it('breaks between words, below the width', () => {
    expect(wrap('one two three', 9)).to.equal('one two\nthree')
    expect(wrap('one two', 8)).to.equal('one two')
    expect(wrap('one two', 7)).to.equal('one\ntwo')
  })

  it('never breaks a word, such as an address', () => {
    const address = 'https://mogplex.com/a/long/address'
    expect(wrap(`see ${address} there`, 10)).to.equal(`see\n${address}\nthere`)
  })

  it('keeps existing lines', () => {
    expect(wrap('one two\n\nthree four\n', 9)).to.equal('one two\n\nthree\nfour\n')
  })

  it('puts continuation lines of a row below its text', () => {
    expect(wrap('  from     one two three', 24)).to.equal('  from     one two\n           three')
  })

  it('puts them below the label where that leaves too little room', () => {
    expect(wrap('  a rather long label  one two', 20)).to.equal(
      '  a rather long label\n    one two',
    )
  })

  it('keeps a command after two blanks whole, where it fits', () => {
    expect(wrap('It is set.  unset IT', 22)).to.equal('It is set.  unset IT')
    expect(wrap('It is set.  unset IT', 16)).to.equal('It is set.\nunset IT')
    expect(wrap('It is set.  unset IT', 7)).to.equal('It is\nset.\nunset\nIT')
  })

  it('leaves a command on a separate line unchanged, and breaks a row that is about one', () => {
    expect(wrap('  mogplex logs show ID', 12)).to.equal('  mogplex logs show ID')
    expect(wrap('  mogplex logs  one two three', 24)).to.equal('  mogplex logs\n    one two three')
  })

  it('counts no colour', () => {
    expect(wrap('\x1b[31mone\x1b[39m two', 8)).to.equal('\x1b[31mone\x1b[39m two')
  })

  it('indents continuation lines like their line', () => {
    expect(wrap('  one two three', 9)).to.equal('  one\n  two\n  three')
    expect(wrap('    if x then y', 12)).to.equal('    if x\n    then y')
  })

  it('counts cells: wide characters take two, combining ones none', () => {
    expect(wrap('日本 語日 本語', 10)).to.equal('日本 語日\n本語')
    expect(wrap('👩‍👩‍👧 👍🏽 ab', 6)).to.equal('👩‍👩‍👧 👍🏽\nab')
    expect(wrap('e\u0301e\u0301 ab', 6)).to.equal('e\u0301e\u0301 ab')
    expect(wrap('  日本語  one two three', 21)).to.equal('  日本語  one two\n          three')
  })

  it('ends a colour with its row, and continues with it in the next one', () => {
    expect(wrap('\x1b[31mone two\x1b[39m', 6)).to.equal('\x1b[31mone\x1b[39m\n\x1b[31mtwo\x1b[39m')
  })

  it('works at a terminal of 20 columns, and of 1', () => {
    const text = 'Signed in until the 23 of December if unused.'
    for (const line of wrap(text, 20).split('\n')) expect(line.length).to.be.below(20)
    expect(wrap('one two', 1)).to.equal('one\ntwo')
  })

  it('uses COLUMNS, or 80, for a terminal that does not know its width', () => {
    const text = 'one two three'.repeat(10)
    const before = process.env.COLUMNS
    try {
      delete process.env.COLUMNS
      expect(fit(text, {isTTY: true, columns: 0})).to.equal(wrap(text, 80))
      process.env.COLUMNS = '40'
      expect(fit(text, {isTTY: true, columns: 0})).to.equal(wrap(text, 40))
      expect(fit(text, {isTTY: true, columns: 30})).to.equal(wrap(text, 30))
      process.env.COLUMNS = 'many'
      expect(fit(text, {isTTY: true, columns: 0})).to.equal(wrap(text, 80))
    } finally {
      if (before === undefined) delete process.env.COLUMNS
      else process.env.COLUMNS = before
    }
  })

  it('breaks nothing where the reader is not a terminal', () => {
    const text = 'one two three'.repeat(40)
    expect(wrap(text, undefined)).to.equal(text)
    expect(fit(text, {columns: 10})).to.equal(text)
    expect(fit('one two', {isTTY: true, columns: 6})).to.equal('one\ntwo')
  })
})

describe('rowsOf', () => {
  it('keeps the blanks at the end of the last row, where more may come', () => {
    expect(rowsOf('one two ', 20)).to.deep.equal(['one two '])
    expect(rowsOf('one two three ', 8)).to.deep.equal(['one two', 'three '])
  })

  it('breaks what is too long for a word', () => {
    for (const row of rowsOf(`see ${'x'.repeat(3000)}`, 79)) expect(row.length).to.be.at.most(79)
  })
})

describe('broken', () => {
  it('breaks wherever a row is full', () => {
    expect(broken('one two', 5)).to.deep.equal(['one t', 'wo'])
    expect(broken('日本語', 5)).to.deep.equal(['日本', '語'])
    expect(broken('', 5)).to.deep.equal([''])
  })
})
