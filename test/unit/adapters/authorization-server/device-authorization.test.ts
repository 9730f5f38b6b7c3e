import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {
  type DeviceAuthorization,
  requestDeviceAuthorization,
} from '../../../../src/adapters/authorization-server/device-authorization.js'
import {notUnderstood} from '../../../../src/adapters/authorization-server/token-answer.js'
import {createHttp} from '../../../../src/adapters/http.js'
import {SCOPES} from './exchange.js'
import {makeMetadata, SERVER} from './make-metadata.js'

const PATH = '/device/code'
const GIVEN = {
  device_code: 'device-code-value',
  user_code: 'WDJB-MJHT',
  verification_uri: `${SERVER}/device`,
  verification_uri_complete: `${SERVER}/device?user_code=WDJB-MJHT`,
  expires_in: 1800,
  interval: 7,
}

async function ask(): Promise<DeviceAuthorization> {
  return requestDeviceAuthorization({
    http: createHttp('mogplex/test'),
    loopbackHttp: false,
    metadata: makeMetadata({device: true}),
    clientId: 'mogplex-cli',
    scopes: SCOPES,
  })
}

async function given(changes: object): Promise<DeviceAuthorization> {
  nock(SERVER)
    .post(PATH)
    .reply(200, {...GIVEN, ...changes})
  return ask()
}

async function failureOf(status: number, body: object | string): Promise<Error> {
  nock(SERVER).post(PATH).reply(status, body)
  const error: unknown = await ask().then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('What was thrown is not an error.')
  expect(inspect(error, {depth: null, showHidden: true})).not.to.include('device-code-value')
  expect(error.cause).to.equal(undefined)
  return error
}

describe('requestDeviceAuthorization', () => {
  it('sends a form, without a credential', async () => {
    const body = {client_id: 'mogplex-cli', scope: SCOPES.join(' ')}
    nock(SERVER, {badheaders: ['authorization']})
      .post(PATH, body)
      .matchHeader('content-type', /^application\/x-www-form-urlencoded/)
      .reply(200, GIVEN)
    const {deviceCode, verificationUri, verificationUriComplete, ...rest} = await ask()
    expect(deviceCode.reveal()).to.equal('device-code-value')
    expect(verificationUri.href).to.equal(GIVEN.verification_uri)
    expect(verificationUriComplete?.href).to.equal(GIVEN.verification_uri_complete)
    expect(rest).to.deep.equal({userCode: 'WDJB-MJHT', expiresInSeconds: 1800, intervalSeconds: 7})
  })

  it('does not print the device code', async () => {
    const told = await given({})
    expect(inspect(told, {depth: null}) + JSON.stringify(told)).not.to.include('code-value')
  })

  it('works without an address that contains the code', async () => {
    const told = await given({verification_uri_complete: undefined})
    expect(told.verificationUriComplete).to.equal(undefined)
  })

  for (const [interval, seconds] of [
    [undefined, 5],
    [null, 5],
    [0, 5],
    [-1, 5],
    ['soon', 5],
    ['3', 3],
    [0.5, 0.5],
    [120, 120],
  ] as const) {
    it(`reads interval ${inspect(interval)} as ${seconds} s`, async () => {
      expect((await given({interval})).intervalSeconds).to.equal(seconds)
    })
  }

  it('reads expires_in in quotes', async () => {
    expect((await given({expires_in: '600'})).expiresInSeconds).to.equal(600)
  })

  for (const user_code of ['WDJB MJHT', '123-456-789', 'bcdf.ghjk', 'x'.repeat(64)]) {
    it(`accepts ${user_code.slice(0, 20)} as a code, unchanged`, async () => {
      expect((await given({user_code})).userCode).to.equal(user_code)
    })
  }

  for (const [what, changes] of [
    ['no device code', {device_code: undefined}],
    ['no code', {user_code: ''}],
    ['a code that moves the cursor', {user_code: 'WDJB\x1b[2J'}],
    ['a code of several lines', {user_code: 'WDJB\nMJHT'}],
    ['a code that is blank', {user_code: '   '}],
    ['a code that is written backwards', {user_code: '\u202eTHJM'}],
    ['a code of letters that look like others', {user_code: 'WDЈВ'}],
    ['a code without an end', {user_code: 'x'.repeat(65)}],
    ['no address', {verification_uri: undefined}],
    ['an invalid address', {verification_uri: 'on our site'}],
    ['an address without an end', {verification_uri: `${SERVER}/${'x'.repeat(3000)}`}],
    ['no lifetime', {expires_in: undefined}],
    ['a negative lifetime', {expires_in: -1}],
  ] as const) {
    it(`is not understood, exit 69, with ${what}`, async () => {
      const error = await failureOf(200, {...GIVEN, ...changes})
      expect(error).to.include({exitCode: 69})
      expect(error.message).to.equal(notUnderstood(SERVER).message)
    })
  }

  for (const [what, address, host] of [
    ['of another host', 'https://thief.example.com/secret-path', 'at thief.example.com,'],
    ['of a host that only begins alike', 'https://id.example.com.thief.test/x', 'thief.test,'],
    ['of another port', 'https://id.example.com:8443/device', 'at id.example.com:8443,'],
    ['with the issuer as user', 'https://id.example.com@thief.test/x', 'at thief.test,'],
    ['with a user', 'https://ada:pw@id.example.com/device', 'at id.example.com,'],
    ['by plain http', 'http://id.example.com/device', 'at id.example.com,'],
    ['that is a script', 'javascript:alert(1)', 'something that is not a web address'],
  ] as const) {
    for (const name of ['verification_uri', 'verification_uri_complete']) {
      it(`refuses a ${name} ${what}, and names only its host`, async () => {
        const error = await failureOf(200, {...GIVEN, [name]: address})
        expect(error).to.include({exitCode: 69})
        expect(error.message)
          .to.include(host)
          .and.not.match(/secret|alert|ada|pw@|\/\//)
      })
    }
  }

  for (const [status, error] of [
    [401, 'invalid_client'],
    [400, 'unauthorized_client'],
    [400, 'invalid_scope'],
    [200, 'invalid_scope'],
  ] as const) {
    it(`is refused, exit 64, with ${status} ${error}`, async () => {
      const refused = await failureOf(status, {error, error_description: 'No.'})
      expect(refused).to.include({code: 'LOGIN_FAILED', exitCode: 64})
      expect(refused.message).to.include('id.example.com').and.include(`(${error}: No.)`)
    })
  }

  for (const [status, body, exitCode] of [
    [200, '<!doctype html>', 69],
    [404, '', 69],
    [302, '', 69],
    [503, '', 69],
    [429, 'later', 75],
  ] as const) {
    it(`exits with ${exitCode} for ${status} ${body}`, async () => {
      expect(await failureOf(status, body)).to.include({exitCode})
    })
  }
})
