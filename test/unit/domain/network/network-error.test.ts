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
    ['EHOSTUNREACH', 'no way to it'],
    ['ENETUNREACH', 'no network'],
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

  for (const code of [
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ]) {
    it(`names the remedy for ${code}`, () => {
      const {message, remedy} = networkError(failure(code), URL_ASKED)
      expect(message).to.include('certificate was refused').and.to.include(code)
      expect(remedy).to.include('NODE_EXTRA_CA_CERTS')
    })
  }

  it('says who may have signed instead, behind a proxy too', () => {
    const refused = failure('SELF_SIGNED_CERT_IN_CHAIN')
    expect(networkError(refused, URL_ASKED).remedy).to.equal(
      'If your network signs certificates of its own, as many proxies do, set NODE_EXTRA_CA_CERTS to the PEM file of its certificate authority.',
    )
    expect(networkError(refused, URL_ASKED, 'https_proxy').remedy).to.include(
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
    it(`lets nothing of the request out: ${inspect(thrown, {depth: -1}).slice(0, 40)}`, () => {
      const error = networkError(thrown, URL_ASKED)
      const all = `${inspect(error, {depth: null, showHidden: true})} ${JSON.stringify(error)}`
      expect(all).not.to.include('hunter2')
      expect(all).not.to.include('Bearer')
      expect(error.cause).to.equal(undefined)
    })
  }

  it('says so when it does not know the cause', () => {
    expect(networkError(new Error('x'), URL_ASKED).message).to.equal(
      'mogplex.com:8443 cannot be reached (no known cause).',
    )
  })
})
