import {expect} from 'chai'
import {withoutKeys} from '../../../src/domain/key-shapes.js'

describe('withoutKeys', () => {
  for (const key of [
    'mog_abcdefghijklmnopqrstuvwxyz012345',
    'sk-ant-api03-abcdefgh',
    'sk-proj-abcdefgh_ij-kl',
    'sk-abcdefghij',
    'gsk_abcdefghij',
    'xai-abcdefghij',
    'AIzaSyabcdefghij',
  ]) {
    it(`hides ${key.slice(0, 7)}…, wherever it stands`, () => {
      expect(withoutKeys(`Unexpected argument: ${key}`)).to.equal('Unexpected argument: [redacted]')
      expect(withoutKeys(`--provider=${key} to be`)).to.equal('--provider=[redacted] to be')
    })
  }

  it('leaves ordinary words alone', () => {
    const text = 'Unexpected arguments: risk-management, sk-1, task-list, mog_'
    expect(withoutKeys(text)).to.equal(text)
  })
})
