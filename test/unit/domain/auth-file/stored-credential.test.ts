import {expect} from 'chai'
import type {Credential} from '../../../../src/domain/credential/credential.js'
import {parseStored, toStored} from '../../../../src/domain/auth-file/stored-credential.js'
import {plain} from '../../../support/make-account.js'

const PATH = '/home/ada/.mogplex/auth.json'

const LOGIN = {
  type: 'oauth',
  issuer: 'https://mogplex.com',
  clientId: 'mogplex-cli',
  accessToken: 'access-token-1',
  refreshToken: 'refresh-token-1',
  expiresAt: '2026-11-23T17:00:00.000Z',
  scopes: ['read', 'write', 'offline_access'],
  account: {id: 'usr_1', email: 'ada@example.com', name: 'Ada'},
  grantId: 'grant-1',
  obtainedAt: '2026-11-23T16:00:00.000Z',
  verifiedAt: null,
}
const KEY = {type: 'api-key', key: 'sk-stored-1', obtainedAt: '2026-11-23T16:00:00.000Z'}

function login(changes: object = {}): Credential | undefined {
  return parseStored('mogplex', {...LOGIN, ...changes}, PATH)
}

/** The value as read again from the file. */
function stored(credential: Credential | undefined): unknown {
  if (credential === undefined) throw new Error('The member was taken for foreign.')
  return JSON.parse(JSON.stringify(toStored(credential)))
}

describe('parseStored', () => {
  it('reads a login, with secrets that do not print and dates that are dates', () => {
    const credential = login()
    if (credential?.type !== 'oauth') throw new Error('No login was read.')
    expect(credential.source).to.deep.equal({type: 'file', path: PATH})
    expect(credential.accessToken.reveal()).to.equal('access-token-1')
    expect(credential.refreshToken?.reveal()).to.equal('refresh-token-1')
    expect(credential.expiresAt).to.deep.equal(new Date('2026-11-23T17:00:00Z'))
    expect(credential.verifiedAt).to.equal(undefined)
    expect(JSON.stringify(credential)).not.to.include('token-1')
  })

  it('reads a login with only the required fields', () => {
    const {type, issuer, clientId, accessToken, grantId, obtainedAt} = LOGIN
    const value = {type, issuer, clientId, accessToken, grantId, obtainedAt}
    expect(stored(parseStored('mogplex', value, PATH))).to.deep.equal({...value, verifiedAt: null})
  })

  it('reads a key of every provider, and the account of a Mogplex key', () => {
    const key = parseStored('groq', KEY, PATH)
    expect(key).to.include({type: 'api-key', provider: 'groq'})
    const whose = {issuer: 'https://mogplex.com', account: {id: 'usr_1', email: 'ada@example.com'}}
    const credential = parseStored('mogplex', {...KEY, ...whose}, PATH)
    expect(credential?.issuer).to.equal('https://mogplex.com')
    expect(credential?.account?.email?.printable()).to.equal('ada@example.com')
  })

  it('tolerates unknown fields', () => {
    expect(login({later: {nested: 1}})).to.include({type: 'oauth'})
    expect(parseStored('openai', {...KEY, organization: 7}, PATH)).to.include({type: 'api-key'})
  })

  it('treats an unreadable prompt acceptance as unknown', () => {
    const at = '2026-11-23T16:00:00.000Z'
    for (const prompts of [null, 'no', {accepted: 'no', at}, {accepted: false, at: 'then'}]) {
      expect(login({prompts})).to.include({type: 'oauth', prompts: undefined})
    }
  })

  it('treats blank names as absent', () => {
    expect(plain(login({account: {id: 'usr_1', email: '', name: ' '}})?.account)).to.deep.equal({
      id: 'usr_1',
    })
  })

  it('treats an account without a printable id as absent, and prints names safely', () => {
    expect(login({account: {id: 'usr\u202E_1', email: 'ada@example.com'}})?.account).to.equal(
      undefined,
    )
    const credential = login({account: {id: 'usr_1', email: 'ada\u202E@x.y', name: '\u009B2JA'}})
    const shown = {id: 'usr_1', email: 'ada @x.y', name: '2JA'}
    expect(plain(credential?.account)).to.deep.equal(shown)
    expect(credential && plain(toStored(credential))).to.deep.include({account: shown})
  })

  it('treats anything but an object, and another type, as foreign', () => {
    for (const value of [null, 'sk-1', 7, true, [], [LOGIN], {}, {...KEY, type: 'apikey'}]) {
      expect(parseStored('mogplex', value, PATH), JSON.stringify(value)).to.equal(undefined)
    }
    expect(parseStored('openai', LOGIN, PATH), 'a login elsewhere').to.equal(undefined)
  })

  it('treats a login as foreign when a field is missing or of another type', () => {
    for (const field of ['issuer', 'clientId', 'accessToken', 'grantId', 'obtainedAt']) {
      for (const value of [undefined, null, '', ' ', 7, {}]) {
        expect(login({[field]: value}), JSON.stringify({field, value})).to.equal(undefined)
      }
    }
    const others = [
      {refreshToken: 7},
      {refreshToken: ''},
      {scopes: 'read write'},
      {scopes: [7]},
      {account: 'ada'},
      {account: {email: 'ada@example.com'}},
      {account: {id: 'usr_1', email: 7}},
      {rejected: true},
      {rejected: {why: 'invalid_grant'}},
      {rejected: {at: LOGIN.obtainedAt}},
    ]
    for (const change of others) expect(login(change), JSON.stringify(change)).to.equal(undefined)
  })

  it('leaves out invalid scopes (RFC 6749 §3.3)', () => {
    const scopes = ['read', 'wri\u001B]0;x\u0007te', '\u009B2J', 'a b', '', 'offline_access']
    expect(login({scopes})).to.deep.include({scopes: ['read', 'offline_access']})
  })

  it('shows why a login ended, without control characters', () => {
    const rejected = {at: LOGIN.obtainedAt, why: 'no\u001B]0;x\u0007\u202E'}
    expect(login({rejected})).to.have.nested.property('rejected.why', 'no ]0;x')
  })

  it('treats a member with an invalid date as foreign', () => {
    for (const date of ['tomorrow', '2026', '2026-13-01T00:00:00Z', '2026-11-23', 7, {}]) {
      expect(login({expiresAt: date}), `expiresAt ${JSON.stringify(date)}`).to.equal(undefined)
      expect(parseStored('xai', {...KEY, obtainedAt: date}, PATH)).to.equal(undefined)
    }
    expect(login({expiresAt: '2026-11-23T18:00:00+01:00'})).to.include({type: 'oauth'})
  })

  it('treats a member as foreign when no header could carry its secret', () => {
    for (const secret of [
      'a\r\nX-Evil: 1',
      'a\n',
      'a\u0000',
      'a\u007F',
      'schlüssel',
      'k\u200B',
      ' ',
    ]) {
      expect(login({accessToken: secret}), JSON.stringify(secret)).to.equal(undefined)
      expect(login({refreshToken: secret}), JSON.stringify(secret)).to.equal(undefined)
      expect(parseStored('openai', {...KEY, key: secret}, PATH)).to.equal(undefined)
    }
  })

  it('ignores the fields of a `__proto__`', () => {
    const value: unknown = JSON.parse(`{"__proto__": ${JSON.stringify(KEY)}}`)
    expect(parseStored('openai', value, PATH)).to.equal(undefined)
  })
})

describe('toStored', () => {
  it('survives a round trip', () => {
    expect(stored(login())).to.deep.equal(LOGIN)
    const rejected = {at: '2026-11-23T18:00:00.000Z', why: 'invalid_grant'}
    const verifiedAt = '2026-11-23T16:30:00.000Z'
    expect(stored(login({rejected, verifiedAt}))).to.deep.equal({...LOGIN, rejected, verifiedAt})
    const prompts = {accepted: false, at: verifiedAt, untold: true}
    expect(stored(login({prompts}))).to.deep.equal({...LOGIN, prompts})
    expect(stored(parseStored('openai', KEY, PATH))).to.deep.equal(KEY)
    const ours = {...KEY, issuer: 'https://mogplex.com', account: {id: 'usr_1'}}
    expect(stored(parseStored('mogplex', ours, PATH))).to.deep.equal(ours)
  })

  it('does not store an account for a key of another provider', () => {
    const key = parseStored('openai', {...KEY, issuer: 'https://mogplex.com'}, PATH)
    expect(stored(key)).to.deep.equal(KEY)
  })
})
