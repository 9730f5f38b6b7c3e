import {expect} from 'chai'
import {
  differences,
  fingerprint,
  fingerprintsOf,
  parseRecord,
  recordText,
} from '../../src/domain/skill-record.js'

const bytes = (text: string): Uint8Array => Buffer.from(text)
const FILES = fingerprintsOf(
  new Map([
    ['SKILL.md', bytes('a')],
    ['a/b.md', bytes('b')],
  ]),
)
const RECORD = {skill: 'my-skill', plugin: '@x/plugin', version: '1.2.3', files: FILES}

describe('the record of an installed skill', () => {
  it('survives a round trip, and does not depend on the order of the files', () => {
    const text = recordText(RECORD)
    expect(parseRecord(text, 'my-skill')).to.deep.equal(RECORD)
    expect(recordText({...RECORD, files: new Map([...FILES].reverse())})).to.equal(text)
    expect(text)
      .to.match(/^\{\n {2}"skill": "my-skill",\n/)
      .and.to.match(/\}\n$/)
  })

  for (const [what, text] of [
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no files', JSON.stringify({...RECORD, files: {}})],
    ['no plugin', JSON.stringify({...RECORD, plugin: '', files: {a: 'b'}})],
    ['no version', JSON.stringify({...RECORD, version: 1, files: {a: 'b'}})],
  ] as const) {
    it(`is rejected when it contains ${what}`, () => {
      expect(parseRecord(text, 'my-skill')).to.equal(undefined)
    })
  }

  it('does not match another skill: a copied folder is not ours', () => {
    expect(parseRecord(recordText(RECORD), 'my-copy')).to.equal(undefined)
  })
})

describe('fingerprint', () => {
  it('is the SHA-256 of the contents', () => {
    expect(fingerprint(bytes('abc'))).to.match(/^ba7816bf[0-9a-f]{48}f20015ad$/)
  })

  it('ignores line ends changed by version control, and nothing else', () => {
    expect(fingerprint(bytes('a\r\nb\r\n'))).to.equal(fingerprint(bytes('a\nb\n')))
    expect(fingerprint(bytes('a\rb'))).not.to.equal(fingerprint(bytes('a\nb')))
    expect(fingerprint(Uint8Array.of(0xff))).not.to.equal(fingerprint(Uint8Array.of(0xfe)))
  })
})

describe('differences', () => {
  it('lists changed, added and removed files', () => {
    const one = new Map([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ])
    const other = new Map([
      ['d', '4'],
      ['c', '0'],
      ['a', '1'],
    ])
    expect(differences(one, other)).to.deep.equal(['b', 'c', 'd'])
    expect(differences(one, one)).to.deep.equal([])
  })
})
