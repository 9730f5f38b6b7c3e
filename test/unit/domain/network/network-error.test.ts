import {expect} from 'chai'
import {inspect} from 'node:util'
import {UnreachableError} from '../../../../src/domain/errors/remote.js'
import {networkError} from '../../../../src/domain/network/network-error.js'

const URL_ASKED = new URL('https://ada:hunter2@mogplex.com:8443/api?token=hunter2')

function failure(code: unknown): Error {
  return Object.assign(new Error('Authorization: Bearer hunter2'), {
    code,
    options: {headers: {authorization: 'Bearer hunter2'}},
    response: {body: 'hunter2'},
    cause: new Error('hunter2'),
  })
}

describe('networkError', () => {
  for (const [code, words] of [
    ['ECONNREFUSED', 'connection refused'],
    ['ECONNRESET', 'was cut'],
    ['EAI_AGAIN', 'DNS'],
    ['EHOSTUNREACH', 'no route to it'],
    ['ENETUNREACH', 'network is unreachable'],
    ['ENOTFOUND', 'DNS'],
    ['EPIPE', 'was cut'],
    ['ETIMEDOUT', 'in time'],
    ['EPROTO', '(EPROTO)'],
  ] as const) {
    it(`says in words what ${code} means, and which host it was`, () => {
      const error = networkError(failure(code), URL_ASKED)
      expect(error).to.be.instanceOf(UnreachableError)
      expect(error.exitCode).to.equal(69)
      expect(error.message)
        .to.match(/^mogplex\.com:8443 cannot be reached/)
        .and.to.include(words)
    })
  }

  for (const [code, words, remedy] of [
    ['CERT_HAS_EXPIRED', 'has expired', 'Check the date and time of this machine'],
    ['CERT_NOT_YET_VALID', 'is not valid yet', 'Check the date and time of this machine'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for another host name', 'Check the address'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'no known authority signed it', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'no known authority signed it', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'no known authority signed it', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'no known authority signed it', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS', 'Check the address and its port'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'does not speak TLS', 'Check the address and its port'],
  ] as const) {
    it(`says what ${code} means, with a remedy that helps`, () => {
      const error = networkError(failure(code), URL_ASKED)
      expect(error.exitCode).to.equal(69)
      expect(error.message).to.include(words).and.to.include(`(${code})`)
      expect(error.remedy).to.include(remedy)
      const isAuthority = words === 'no known authority signed it'
      expect(error.remedy.includes('NODE_EXTRA_CA_CERTS')).to.equal(isAuthority)
    })
  }

  it('recognises an answer that is not TLS by the text of OpenSSL, too', () => {
    const plain = {code: 'EPROTO', message: 'SSL routines:ssl3_get_record:wrong version number'}
    expect(networkError(plain, URL_ASKED).message).to.include('does not speak TLS')
  })

  it('names the file of NODE_EXTRA_CA_CERTS that could not be read', () => {
    const unread = {path: '/etc/ssl/mine.pem', why: 'it has gone'}
    const refused = failure('SELF_SIGNED_CERT_IN_CHAIN')
    expect(networkError(refused, URL_ASKED, {authorities: {unread}}).remedy)
      .to.include('NODE_EXTRA_CA_CERTS names /etc/ssl/mine.pem')
      .and.to.include('it has gone')
    const expired = networkError(failure('CERT_HAS_EXPIRED'), URL_ASKED, {authorities: {unread}})
    expect(expired.remedy).not.to.include('NODE_EXTRA_CA_CERTS')
  })

  it('suggests the system’s authorities where this Node could use them', () => {
    const refused = failure('SELF_SIGNED_CERT_IN_CHAIN')
    const {remedy} = networkError(refused, URL_ASKED, {authorities: {couldUseSystem: true}})
    expect(remedy).to.include('or NODE_USE_SYSTEM_CA=1 where this system knows it.')
  })

  it('says who may have signed instead, behind a proxy too', () => {
    const refused = failure('SELF_SIGNED_CERT_IN_CHAIN')
    expect(networkError(refused, URL_ASKED).remedy).to.equal(
      'If your network signs certificates of its own, as many proxies do, set NODE_EXTRA_CA_CERTS to the PEM file of its certificate authority.',
    )
    expect(networkError(refused, URL_ASKED, {proxyVariable: 'https_proxy'}).remedy).to.include(
      'If the proxy of https_proxy signs certificates of its own',
    )
  })

  for (const thrown of [
    failure('ECONNRESET'),
    failure('CERT_HAS_EXPIRED'),
    failure('Bearer hunter2'),
    failure('hunter2'.repeat(10)),
    failure(undefined),
    failure({toString: () => 'hunter2'}),
    'hunter2',
    undefined,
    null,
  ]) {
    it(`reveals nothing of the request: ${inspect(thrown, {depth: -1}).slice(0, 40)}`, () => {
      const error = networkError(thrown, URL_ASKED)
      const all = `${inspect(error, {depth: null, showHidden: true})} ${JSON.stringify(error)}`
      expect(all).not.to.include('hunter2')
      expect(all).not.to.include('Bearer')
      expect(error.cause).to.equal(undefined)
    })
  }

  it('says that the cause is unknown', () => {
    expect(networkError(new Error('x'), URL_ASKED).message).to.equal(
      'mogplex.com:8443 cannot be reached (unknown reason).',
    )
  })
})
