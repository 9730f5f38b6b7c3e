import {expect} from 'chai'
import {verificationText} from '../../../../src/app/logs/verification-text.js'
import {PLAIN} from '../make-display-options.js'

const NAMES = {searched: [], copies: []}
const kinds = ['value', 'value', 'shape'] as const

describe('verificationText', () => {
  it('says that nothing was found, and in how many files', () => {
    const nothing = {files: 1, characters: 9, found: 0, lines: [], ...NAMES}
    expect(verificationText(nothing, PLAIN)).to.equal('Nothing secret in 1 file.')
  })

  it('says how much was found, where and how', () => {
    const lines = [{file: 'a\u001b.jsonl', line: 4, kinds}]
    expect(verificationText({files: 2, characters: 9, found: 3, lines, ...NAMES}, PLAIN)).to.equal(
      [
        '3 secrets in 2 files:',
        '  a .jsonl, line 4: 3, found by its value and by its looks',
        'Do not share these files: remove them.',
      ].join('\n'),
    )
  })

  it('names the searched files, and copies of auth.json', () => {
    const searched = ['history.jsonl', 'logs/a.jsonl', 'logs/b.jsonl']
    const copies = ['auth.json.broken-1']
    const nothing = {files: 3, characters: 9, found: 0, lines: [], searched, copies}
    expect(verificationText(nothing, PLAIN)).to.equal(
      'Nothing secret in 3 files (history.jsonl, 2 in logs).\nauth.json.broken-1 holds credentials, as auth.json does: remove it when you do not need it.',
    )
  })

  it('has a limited length', () => {
    const lines = Array.from({length: 25}, (_, index) => ({file: 'a', line: index, kinds}))
    const text = verificationText({files: 1, characters: 9, found: 75, lines, ...NAMES}, PLAIN)
    expect(text).to.match(/\n {2}and 5 more lines\n/)
  })
})
