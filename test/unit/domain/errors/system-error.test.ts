import {expect} from 'chai'
import {codeOf, whyOf, wordsFor} from '../../../../src/domain/errors/system-error.js'

const systemError = (code: unknown): Error => Object.assign(new Error('said'), {code})

describe('codeOf', () => {
  it('is the code of a system error', () => {
    expect(codeOf(systemError('ENOSPC'))).to.equal('ENOSPC')
    expect(codeOf({code: 'ERR_TLS_CERT_ALTNAME_INVALID'})).to.equal('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  for (const code of [null, 5, '', 'two words', 'x'.repeat(61), {}]) {
    it(`is undefined where it is ${JSON.stringify(code)}`, () => {
      expect(codeOf(systemError(code))).to.equal(undefined)
    })
  }

  it('is undefined for anything but an error, and where reading it throws', () => {
    const trap = Object.defineProperty(new Error('x'), 'code', {
      get() {
        throw new Error('no')
      },
    })
    for (const thrown of [undefined, null, 'ENOENT', trap])
      expect(codeOf(thrown)).to.equal(undefined)
  })
})

describe('whyOf', () => {
  it('is the same for the two codes of a denial', () => {
    expect(whyOf(systemError('EACCES'))).to.equal('access is denied')
    expect(whyOf(systemError('EPERM'))).to.equal(whyOf(systemError('EACCES')))
  })

  it('names a code without words, and says when there is none', () => {
    expect(whyOf(systemError('EIO'))).to.equal('EIO')
    expect(whyOf(systemError('constructor'))).to.equal('constructor')
    expect(whyOf(systemError(5))).to.equal('for an unknown reason')
  })
})

describe('wordsFor', () => {
  it('has words for common codes, and none for the rest', () => {
    expect(wordsFor('ECONNREFUSED')).to.equal('nothing listens there (connection refused)')
    for (const code of ['EIO', 'toString', undefined]) expect(wordsFor(code)).to.equal(undefined)
  })
})
