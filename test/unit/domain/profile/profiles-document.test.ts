import {expect} from 'chai'
import {
  formatProfiles,
  NO_PROFILES,
  parseProfiles,
} from '../../../../src/domain/profile/profiles-document.js'

const OWNER = {issuer: 'https://mogplex.com', id: 'usr_1', email: 'ada@example.com'}

describe('parseProfiles', () => {
  it('reads the output of formatProfiles', () => {
    const document = {current: 'work', pins: {'/home/ada': 'home'}, keys: {'key-1': OWNER}}
    expect(parseProfiles(formatProfiles(document))).to.deep.equal(document)
    expect(parseProfiles(formatProfiles(NO_PROFILES))).to.deep.equal(NO_PROFILES)
  })

  it('treats an empty file as one without settings', () => {
    for (const text of ['', '\n', '{}']) expect(parseProfiles(text)).to.deep.equal(NO_PROFILES)
  })

  for (const text of [
    '{',
    '[]',
    'null',
    '"work"',
    '{"current": "Work"}',
    '{"current": 1}',
    '{"pins": []}',
    '{"pins": {"/home": "../x"}}',
    '{"pins": {"/home": null}}',
    '{"keys": 1}',
  ]) {
    it(`rejects ${text} as broken`, () => {
      expect(parseProfiles(text)).to.equal(undefined)
    })
  }

  it('forgets the oldest keys', () => {
    const keys = Object.fromEntries(Array.from({length: 201}, (_, at) => [`key-${at}`, OWNER]))
    const read = parseProfiles(formatProfiles({...NO_PROFILES, keys}))?.keys ?? {}
    expect(Object.keys(read)).to.have.length(200).and.not.include('key-0')
  })

  it('ignores the account of a key where the entry is incomplete', () => {
    const text = JSON.stringify({keys: {a: {id: 'usr_1'}, b: {issuer: 'x'}, c: 1, d: OWNER}})
    expect(parseProfiles(text)?.keys).to.deep.equal({d: OWNER})
  })
})
