import {expect} from 'chai'
import {knowsSystemAuthorities} from '../../../../src/domain/network/tls-trouble.js'

describe('knowsSystemAuthorities', () => {
  it('is true since Node 22.19 and 24.6', () => {
    for (const version of ['22.19.0', '22.23.1', '24.6.0', '25.0.0', '26.10.0']) {
      expect(knowsSystemAuthorities(version), version).to.equal(true)
    }
    for (const version of ['20.19.0', '22.18.0', '23.11.1', '24.5.0', 'none']) {
      expect(knowsSystemAuthorities(version), version).to.equal(false)
    }
  })
})
