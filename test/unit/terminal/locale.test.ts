import {expect} from 'chai'
import {isUnicode, showable} from '../../../src/terminal/locale.js'

describe('isUnicode', () => {
  it('doubts only a locale that is named and is not UTF-8', () => {
    for (const env of [{}, {LANG: ''}, {LANG: 'C.UTF-8'}, {LANG: 'C', LC_ALL: 'de_DE.utf8'}]) {
      expect(isUnicode(env), JSON.stringify(env)).to.equal(true)
    }
    for (const env of [{LANG: 'C'}, {LC_ALL: 'POSIX', LANG: 'C.UTF-8'}, {LC_CTYPE: 'C'}]) {
      expect(isUnicode(env), JSON.stringify(env)).to.equal(false)
    }
  })
})

describe('showable', () => {
  it('has an ASCII character for each that we draw with, as wide', () => {
    const drawn = '…·•─›❯✔↑↓→●▸◂■✗✓'
    expect(showable(drawn, {LANG: 'C'}))
      .to.match(/^[\x20-\x7E]+$/)
      .and.have.length(drawn.length)
    expect(showable(drawn, {})).to.equal(drawn)
    expect(showable('Syncing …', {LANG: 'C'})).to.equal('Syncing ...')
  })

  it('leaves what others wrote', () => {
    expect(showable('Größe 日本', {LANG: 'C'})).to.equal('Größe 日本')
  })
})
