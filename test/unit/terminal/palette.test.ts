import {expect} from 'chai'
import {paletteFor, wantsColour} from '../../../src/terminal/palette.js'

const TERMINAL = {isTTY: true}

describe('wantsColour', () => {
  it('is true at a terminal, and nowhere else', () => {
    expect(wantsColour(TERMINAL, {}, [])).to.equal(true)
    expect(wantsColour(TERMINAL, {TERM: 'xterm-256color', NO_COLOR: ''}, [])).to.equal(true)
    expect(wantsColour({}, {}, [])).to.equal(false)
    expect(wantsColour({isTTY: false}, {FORCE_COLOR: '1'}, [])).to.equal(false)
  })

  it('respects NO_COLOR, TERM=dumb and --no-color', () => {
    expect(wantsColour(TERMINAL, {NO_COLOR: '1'}, [])).to.equal(false)
    expect(wantsColour(TERMINAL, {NO_COLOR: '0'}, [])).to.equal(false)
    expect(wantsColour(TERMINAL, {TERM: 'dumb'}, [])).to.equal(false)
    expect(wantsColour(TERMINAL, {}, ['whoami', '--no-color'])).to.equal(false)
  })
})

describe('paletteFor', () => {
  const kinds = ['strong', 'faint', 'good', 'bad', 'command'] as const

  it('leaves text unchanged without colour', () => {
    const palette = paletteFor(false)
    for (const kind of kinds) expect(palette[kind]('text')).to.equal('text')
  })

  it('emphasises with colour, whatever standard output is, and ends the emphasis', () => {
    const palette = paletteFor(true)
    const texts = kinds.map((kind) => palette[kind]('text'))
    for (const text of texts) expect(text).to.match(/^\u001B\[\d+mtext\u001B\[\d+m$/)
    expect(new Set(texts).size).to.equal(kinds.length)
  })
})
