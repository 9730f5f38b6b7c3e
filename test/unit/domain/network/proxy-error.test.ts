import {expect} from 'chai'
import {causeOf} from '../../../../src/domain/network/network-error.js'
import {proxyRefusal, proxyUnreachable} from '../../../../src/domain/network/proxy-error.js'
import {proxyFor} from '../../../../src/domain/network/proxy.js'

const MOGPLEX = new URL('https://mogplex.com/api?token=hunter2')
const VALUE = 'http://ada:hunter2@proxy.test:3128'

function proxy(value = VALUE) {
  const found = proxyFor(MOGPLEX, {HTTPS_PROXY: value})
  if (found === undefined) throw new Error('There is no proxy.')
  return found
}

function failure(code: string): Error {
  return Object.assign(new Error('Proxy-Authorization: Basic hunter2'), {code})
}

describe('proxyUnreachable', () => {
  it('names the variable, the proxy and the cause, and no password', () => {
    const error = proxyUnreachable(proxy(), failure('ENOTFOUND'))
    expect(error).to.include({
      exitCode: 69,
      code: 'UNREACHABLE',
      message: `The proxy proxy.test:3128 of HTTPS_PROXY cannot be reached${causeOf(failure('ENOTFOUND'))}.`,
      remedy: 'Check HTTPS_PROXY, or `unset HTTPS_PROXY` where no proxy is needed.',
    })
  })

  it('names NODE_EXTRA_CA_CERTS for the certificate of a proxy', () => {
    const {message, remedy} = proxyUnreachable(proxy(), failure('SELF_SIGNED_CERT_IN_CHAIN'))
    expect(message).to.include('(SELF_SIGNED_CERT_IN_CHAIN)')
    expect(remedy).to.match(/^Set NODE_EXTRA_CA_CERTS/)
  })

  for (const [code, words] of [
    ['CERT_HAS_EXPIRED', 'Check the date and time of this machine'],
    ['CERT_NOT_YET_VALID', 'Check the date and time of this machine'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Set HTTPS_PROXY to the host name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'Set HTTPS_PROXY to an address that begins with http://'],
  ] as const) {
    it(`names another remedy for ${code}`, () => {
      expect(proxyUnreachable(proxy(), failure(code)).remedy).to.include(words)
    })
  }

  it('names the file of NODE_EXTRA_CA_CERTS that could not be read', () => {
    const unread = {path: '/etc/ssl/mine.pem', why: 'it has gone'}
    const {remedy} = proxyUnreachable(proxy(), failure('SELF_SIGNED_CERT_IN_CHAIN'), {unread})
    expect(remedy).to.include('NODE_EXTRA_CA_CERTS names /etc/ssl/mine.pem')
  })

  it('names no cause where none is known', () => {
    const {message} = proxyUnreachable(proxy(), new Error('hunter2'))
    expect(message).to.include(causeOf(undefined)).and.not.to.include('hunter2')
  })
})

describe('proxyRefusal', () => {
  for (const [status, words, remedy] of [
    [407, 'does not accept this user and password (407)', 'http://USER:PASSWORD@proxy.test:3128'],
    [403, 'does not connect to mogplex.com (403)', 'add mogplex.com to NO_PROXY'],
    [502, 'does not connect to mogplex.com (502)', 'Ask those who run the proxy'],
    [NaN, 'does not answer as a proxy does', 'Check HTTPS_PROXY'],
  ] as const) {
    it(`says what ${status} means, and what to do`, () => {
      const error = proxyRefusal(proxy(), status, MOGPLEX)
      expect(error.exitCode).to.equal(69)
      expect(error.message).to.equal(`The proxy proxy.test:3128 of HTTPS_PROXY ${words}.`)
      expect(error.remedy).to.include(remedy)
      expect(`${error.message} ${error.remedy}`).not.to.match(/hunter2|ada/)
    })
  }

  it('distinguishes a rejected password from a missing one', () => {
    const {message} = proxyRefusal(proxy('proxy.test:3128'), 407, MOGPLEX)
    expect(message).to.include('wants user and password (407)')
  })
})
