import {expect} from 'chai'
import {isUnicode, showable} from '../../../src/terminal/locale.js'

describe('isUnicode', () => {
  it('is true for known terminals of Windows, and false for its old console', () => {
    for (const env of [{}, {TERM: 'cygwin'}, {TERM_PROGRAM: ''}, {PROMPT: '$P$G'}]) {
      expect(isUnicode(env, 'win32'), JSON.stringify(env)).to.equal(false)
    }
    for (const env of [
      {WT_SESSION: '7f3c'},
      {TERM_PROGRAM: 'vscode'},
      {TERM: 'xterm-256color'},
      {TERMINAL_EMULATOR: 'JetBrains-JediTerm'},
      {CONEMUANSI: 'ON'},
      {LANG: 'en_US.UTF-8'},
    ]) {
      expect(isUnicode(env, 'win32'), JSON.stringify(env)).to.equal(true)
    }
  })

  it('is false only for a locale that is named and not UTF-8', () => {
    for (const env of [{}, {LANG: ''}, {LANG: 'C.UTF-8'}, {LANG: 'C', LC_ALL: 'de_DE.utf8'}]) {
      expect(isUnicode(env, 'linux'), JSON.stringify(env)).to.equal(true)
    }
    for (const env of [{LANG: 'C'}, {LC_ALL: 'POSIX', LANG: 'C.UTF-8'}, {LC_CTYPE: 'C'}]) {
      expect(isUnicode(env, 'linux'), JSON.stringify(env)).to.equal(false)
    }
  })
})

describe('showable', () => {
  it('has an ASCII character for each that we draw with, of the same width', () => {
    const drawn = '…·•─›❯✔↑↓→●▸◂■✗✓'
    expect(showable(drawn, {LANG: 'C'}))
      .to.match(/^[\x20-\x7E]+$/)
      .and.have.length(drawn.length)
    expect(showable(drawn, {}, 'linux')).to.equal(drawn)
    expect(showable('✔ Ada › Syncing …', {}, 'win32')).to.equal('* Ada > Syncing ...')
    expect(showable('Syncing …', {LANG: 'C'})).to.equal('Syncing ...')
  })

  it('leaves other text unchanged', () => {
    expect(showable('Größe 日本', {LANG: 'C'})).to.equal('Größe 日本')
  })
})
