import {expect} from 'chai'
import {isProfileName, profileNameProblem} from '../../../../src/domain/profile/profile-name.js'

describe('profileNameProblem', () => {
  for (const name of ['a', '0', 'work', 'work-2', 'a-', 'x'.repeat(32), 'default', 'com', 'con1']) {
    it(`accepts ${name}`, () => {
      expect(profileNameProblem(name)).to.equal(undefined)
    })
  }

  for (const name of [
    '',
    ' ',
    '-',
    '-a',
    'a b',
    'Work',
    'wörk',
    'a.b',
    '.',
    '..',
    'a/b',
    '../a',
    'a\\b',
    '/etc',
    'a\n',
    'a\0',
    'x'.repeat(33),
    '__proto__',
    'a_b',
    'a:b',
    '\u2010a',
    'ａ',
  ]) {
    it(`refuses ${JSON.stringify(name)}`, () => {
      expect(profileNameProblem(name)).to.match(/^is not a profile name: /)
    })
  }

  for (const name of ['con', 'prn', 'aux', 'nul', 'com1', 'com0', 'lpt9']) {
    it(`refuses ${name}, a device of Windows`, () => {
      expect(profileNameProblem(name)).to.equal('is a device of Windows')
    })
  }

  it('accepts only strings', () => {
    expect([1, null, undefined, ['work'], {}].filter(isProfileName)).to.deep.equal([])
  })
})
