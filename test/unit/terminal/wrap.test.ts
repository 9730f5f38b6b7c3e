import {expect} from 'chai'
import {fit, wrap} from '../../../src/terminal/wrap.js'

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

  it('keeps the lines that are there', () => {
    expect(wrap('one two\n\nthree four\n', 9)).to.equal('one two\n\nthree\nfour\n')
  })

  it('puts what is broken off a row below its text', () => {
    expect(wrap('  from     one two three', 24)).to.equal('  from     one two\n           three')
  })

  it('puts it below the label where that leaves too little room', () => {
    expect(wrap('  a rather long label  one two', 20)).to.equal(
      '  a rather long label\n    one two',
    )
  })

  it('keeps a command behind two blanks whole, where it fits', () => {
    expect(wrap('It is set.  unset IT', 22)).to.equal('It is set.  unset IT')
    expect(wrap('It is set.  unset IT', 16)).to.equal('It is set.\nunset IT')
    expect(wrap('It is set.  unset IT', 7)).to.equal('It is\nset.\nunset\nIT')
  })

  it('counts no colour', () => {
    expect(wrap('\x1b[31mone\x1b[39m two', 8)).to.equal('\x1b[31mone\x1b[39m two')
  })

  it('breaks nothing where no terminal reads', () => {
    const text = 'one two three'.repeat(40)
    expect(wrap(text, undefined)).to.equal(text)
    expect(fit(text, {columns: 10})).to.equal(text)
    expect(fit('one two', {isTTY: true, columns: 6})).to.equal('one\ntwo')
  })
})
