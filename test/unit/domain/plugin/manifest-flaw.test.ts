import {expect} from 'chai'
import {
  identityFlaw,
  isPackageName,
  manifestFlaw,
} from '../../../../src/domain/plugin/manifest-flaw.js'
import {BREAKERS} from '../../../support/broken-secrets.js'

describe('identityFlaw', () => {
  it("accepts npm's names and versions", () => {
    for (const name of ['a', '@mogplex/auth-skill', 'left-pad', '@a.b/c.d_e~f', 'JSONStream']) {
      expect(identityFlaw({name, version: '1.2.3-beta.4+x'}), name).to.equal(undefined)
    }
    expect(identityFlaw({name: 'a', version: undefined})).to.equal(undefined)
  })

  it('rejects control characters and invisible ones', () => {
    for (const breaker of [...Object.values(BREAKERS), ' ', '/', '`']) {
      expect(isPackageName(`a${breaker}b`)).to.equal(false)
      expect(identityFlaw({name: 'a', version: `1${breaker}2`})).to.equal(
        'its version is not a version',
      )
    }
    for (const name of ['', '.', '..', '@a', '@a/', '@/a', 'a/b/c', 'x'.repeat(215)]) {
      expect(identityFlaw({name, version: '1'}), name).to.equal(
        'its name is not the name of a package',
      )
    }
    expect(identityFlaw({name: 'a', version: {}})).to.equal('its version is not a version')
  })
})

describe('manifestFlaw', () => {
  it('accepts args as a list, as in manifests of older oclif', () => {
    for (const args of [[], [{name: 'ALIAS'}], {ALIAS: {name: 'ALIAS'}}, undefined]) {
      expect(manifestFlaw({id: 'own', args}), JSON.stringify(args)).to.equal(undefined)
    }
  })

  it('tolerates invalid entries of that list', () => {
    expect(manifestFlaw({id: 'own', args: [null]})).to.include('the command own')
    expect(manifestFlaw({id: 'own', args: 'x'})).to.include('the command own')
  })
})
