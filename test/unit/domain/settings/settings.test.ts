import {expect} from 'chai'
import type {Environment} from '../../../../src/domain/settings/environment.js'
import {BadSettingError} from '../../../../src/domain/errors/usage.js'
import {readSettings} from '../../../../src/domain/settings/settings.js'

const DEV = {MOGPLEX_DEV: '1'}

function refusalOf(env: Environment): BadSettingError {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof BadSettingError) return error
    throw error
  }
  throw new Error('The setting was accepted.')
}

describe('readSettings', () => {
  it('is the hosted service without any variable, and with blank ones', () => {
    const hosted = {
      baseUrl: 'https://mogplex.com',
      hasBaseUrl: false,
      issuer: 'https://mogplex.com',
      clientId: 'mogplex-cli',
      scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
      callbackPorts: [24816, 24818],
      loopbackHttp: false,
    }
    const blank = {
      MOGPLEX_URL: '',
      MOGPLEX_ISSUER: ' ',
      MOGPLEX_CLIENT_ID: '\t',
      MOGPLEX_SCOPES: '',
      MOGPLEX_CALLBACK_PORTS: '  ',
      MOGPLEX_DEV: '',
    }
    expect(readSettings({})).to.deep.equal(hosted)
    expect(readSettings(blank)).to.deep.equal(hosted)
  })

  for (const [given, read] of [
    ['https://staging.example.com', 'https://staging.example.com'],
    ['https://staging.example.com/', 'https://staging.example.com'],
    ['https://staging.example.com//', 'https://staging.example.com'],
    [' https://STAGING.example.com:443 ', 'https://staging.example.com'],
    ['https://staging.example.com:8443', 'https://staging.example.com:8443'],
  ] as const) {
    it(`reads MOGPLEX_URL=${given} as ${read}, for the issuer too`, () => {
      expect(readSettings({MOGPLEX_URL: given})).to.include({
        baseUrl: read,
        issuer: read,
        hasBaseUrl: true,
      })
    })
  }

  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    it(`accepts http://${host} with MOGPLEX_DEV=1, and only then`, () => {
      const url = `http://${host}:3000`
      expect(readSettings({...DEV, MOGPLEX_URL: url}).baseUrl).to.equal(url)
      expect(refusalOf({MOGPLEX_URL: url}).remedy).to.include('MOGPLEX_DEV=1')
      refusalOf({...DEV, MOGPLEX_URL: url, NODE_ENV: 'production'})
    })
  }

  const REFUSED: Record<string, [value: string, why: RegExp]> = {
    'without a scheme': ['bad.example.com', /needs a scheme/],
    'with a port and without a scheme': ['bad.example.com:8080', /needs a scheme/],
    'of another scheme': ['ftp://bad.example.com', /needs a scheme/],
    'with a user name': ['https://bad@bad.example.com', /more than an address/],
    'with a password': ['https://:bad@bad.example.com', /more than an address/],
    'with a query': ['https://bad.example.com?x=1', /more than an address/],
    'with an empty query': ['https://bad.example.com/?', /more than an address/],
    'with a fragment': ['https://bad.example.com/#x', /more than an address/],
    'with an empty fragment': ['https://bad.example.com/#', /more than an address/],
    'by http to another machine': ['http://bad.example.com', /plain http to another machine/],
  }
  for (const variable of ['MOGPLEX_URL', 'MOGPLEX_ISSUER']) {
    for (const [what, [value, why]] of Object.entries(REFUSED)) {
      it(`refuses ${variable} ${what}, even in development, and does not repeat it`, () => {
        const {message, remedy, exitCode} = refusalOf({...DEV, [variable]: value})
        expect(message).to.include(variable).and.to.match(why)
        expect(exitCode).to.equal(2)
        expect(message + remedy).not.to.include('bad')
      })
    }
  }

  it('refuses MOGPLEX_URL with a path, and accepts MOGPLEX_ISSUER with one', () => {
    const {message} = refusalOf({MOGPLEX_URL: 'https://bad.example.com/api'})
    expect(message).to.include('MOGPLEX_URL has a path').and.not.to.include('bad')
    const {baseUrl, hasBaseUrl, issuer} = readSettings({
      MOGPLEX_ISSUER: 'https://id.example.com/realms/a/',
    })
    expect(issuer).to.equal('https://id.example.com/realms/a')
    expect(baseUrl).to.equal('https://mogplex.com')
    expect(hasBaseUrl).to.equal(false)
  })

  it('reads client id and scopes, separated by blanks or commas', () => {
    const env = {MOGPLEX_CLIENT_ID: ' other ', MOGPLEX_SCOPES: ' openid,read  write '}
    const {clientId, scopes} = readSettings(env)
    expect(clientId).to.equal('other')
    expect(scopes).to.deep.equal(['openid', 'read', 'write'])
  })

  for (const [value, ports] of [
    ['1', [1]],
    ['65535', [65535]],
    ['8080, 8081', [8080, 8081]],
    [' 8080 8081,8082 ', [8080, 8081, 8082]],
  ] as const) {
    it(`reads MOGPLEX_CALLBACK_PORTS=${JSON.stringify(value)}`, () => {
      expect(readSettings({MOGPLEX_CALLBACK_PORTS: value}).callbackPorts).to.deep.equal(ports)
    })
  }
  for (const value of ['0', '65536', '-1', '80.5', 'eighty', '8080;8081', '8080,', 'NaN']) {
    it(`refuses MOGPLEX_CALLBACK_PORTS=${value}`, () => {
      const {message, exitCode} = refusalOf({MOGPLEX_CALLBACK_PORTS: value})
      expect(message).to.equal('MOGPLEX_CALLBACK_PORTS is not a list of ports.')
      expect(exitCode).to.equal(2)
    })
  }

  it('uses the server of a profile where the environment names none, and otherwise that of the environment', () => {
    const own = {baseUrl: 'https://mogplex.work', issuer: 'https://id.mogplex.work'}
    expect(readSettings({}, own)).to.include({...own, hasBaseUrl: true})
    const url = 'https://mogplex.example'
    expect(readSettings({MOGPLEX_URL: url}, own)).to.include({baseUrl: url, issuer: url})
    const {baseUrl, issuer} = readSettings({MOGPLEX_ISSUER: url}, own)
    expect({baseUrl, issuer}).to.deep.equal({baseUrl: 'https://mogplex.com', issuer: url})
    const http = {baseUrl: 'http://mogplex.work', issuer: 'http://mogplex.work'}
    expect(() => readSettings({MOGPLEX_DEV: '1'}, http)).to.throw('plain http to another machine')
  })
})
