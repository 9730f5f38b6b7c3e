import {expect} from 'chai'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {
  formatPendingLogin,
  isHandle,
  isOver,
  parsePendingLogin,
  PENDING_MS,
  type PendingLogin,
  requestOf,
} from '../../../../src/domain/login/pending-login.js'

const NOON = new Date('2026-11-23T12:00:00.000Z')
const HANDLE = '0123456789abcdef'.repeat(2)
const PENDING: PendingLogin = {
  handle: HANDLE,
  expiresAt: new Date(NOON.getTime() + PENDING_MS),
  issuer: 'https://mogplex.com',
  baseUrl: 'https://mogplex.com',
  clientId: 'mogplex-cli',
  scopes: ['openid', 'read'],
  expectAccount: 'ada@example.com',
  redirectUri: 'http://127.0.0.1:24816/auth/callback',
  state: new Secret('a-state-of-ours'),
  codeVerifier: new Secret('a-verifier-of-ours'),
  nonce: new Secret('a-nonce-of-ours'),
}

describe('a pending login', () => {
  it('survives a round trip', () => {
    const read = parsePendingLogin(HANDLE, formatPendingLogin(PENDING))
    expect(read).to.deep.equal(PENDING)
    expect(read && requestOf(read)).to.deep.include({
      redirectUri: PENDING.redirectUri,
      state: 'a-state-of-ours',
      nonce: 'a-nonce-of-ours',
    })
  })

  it('needs neither a nonce nor an account to expect', () => {
    const pending = {...PENDING, nonce: undefined, expectAccount: undefined}
    expect(parsePendingLogin(HANDLE, formatPendingLogin(pending))).to.deep.equal(pending)
  })

  for (const name of ['expiresAt', 'issuer', 'baseUrl', 'clientId', 'redirectUri', 'state']) {
    it(`is invalid without ${name}`, () => {
      const fields = JSON.parse(formatPendingLogin(PENDING)) as Record<string, unknown>
      const {[name]: _gone, ...rest} = fields
      expect(parsePendingLogin(HANDLE, JSON.stringify(rest))).to.equal(undefined)
      const changed = JSON.stringify({...fields, [name]: 1e9})
      expect(parsePendingLogin(HANDLE, changed)).to.equal(undefined)
    })
  }

  it('is invalid where the text is truncated or something else', () => {
    for (const text of ['', '{', '[]', 'null', formatPendingLogin(PENDING).slice(0, -5)]) {
      expect(parsePendingLogin(HANDLE, text)).to.equal(undefined)
    }
  })

  it('has expired after its time, and when the clock was set far back', () => {
    const at = (ms: number): boolean => isOver(PENDING, new Date(NOON.getTime() + ms))
    expect([0, PENDING_MS - 1, -60_000].map(at)).to.deep.equal([false, false, false])
    expect([PENDING_MS, PENDING_MS + 1, -60_001].map(at)).to.deep.equal([true, true, true])
  })
})

describe('isHandle', () => {
  it('accepts 32 lower-case hexadecimal digits and nothing else', () => {
    expect(isHandle(HANDLE)).to.equal(true)
    const others = ['', HANDLE.slice(1), `${HANDLE}0`, HANDLE.toUpperCase(), `${HANDLE}\n`]
    for (const text of [...others, `../${HANDLE.slice(3)}`, `${HANDLE.slice(1)}/`]) {
      expect(isHandle(text), text).to.equal(false)
    }
  })
})
