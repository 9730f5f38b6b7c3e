import {expect} from 'chai'
import {inspect} from 'node:util'
import type {Account, Credential} from '../../../src/domain/credential/credential.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError, UnreachableError} from '../../../src/domain/errors/remote.js'
import {
  type ProviderId,
  providerOf,
  PROVIDERS,
} from '../../../src/domain/credential/provider-table.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {storeApiKey, type StoredKey} from '../../../src/services/store-api-key.js'
import {AUTH_PATH, makeKeyBeside, makeLogin, NOW} from '../../support/make-credential.js'
import {storePorts} from './store-ports.js'
import {makeAccount} from '../../support/make-account.js'

const KEY = new Secret('mog_hunter2hunter2')
const ADA = makeAccount({id: 'usr_1', email: 'ada@example.com', name: 'Ada'})
const SERVER = 'https://staging.example.com'

interface Fixture {
  readonly before?: readonly Credential[]
  readonly check?: () => Promise<void>
  readonly accountOfKey?: () => Promise<Account | undefined>
  readonly store?: () => Promise<{keptAside: readonly string[]}>
}

interface Outcome {
  readonly done: StoredKey | undefined
  readonly error: unknown
  /** The requests and writes, in order. */
  readonly steps: string[]
  readonly written: Credential[]
}

/** Stores a key with fakes. */
async function store(
  fixture: Fixture = {},
  {provider = 'mogplex', expected}: {provider?: ProviderId; expected?: string} = {},
): Promise<Outcome> {
  const steps: string[] = []
  const written: Credential[] = []
  const given = storePorts({before: fixture.before ?? [], env: {MOGPLEX_URL: SERVER}})
  const asked = (what: string, credential: Credential) => {
    const key = credential.type === 'api-key' ? credential.key.reveal() : 'no key'
    steps.push(`${what} ${key}`)
  }
  const ports = {
    ...given.ports,
    api: {
      checkToken: async (credential: Credential) => {
        asked('check', credential)
        await fixture.check?.()
      },
      accountOfKey: async (credential: Credential) => {
        asked('whose', credential)
        return fixture.accountOfKey === undefined ? ADA : fixture.accountOfKey()
      },
    },
    authFile: {
      ...given.ports.authFile,
      store: async (credential: Credential) => {
        steps.push('store')
        written.push(credential)
        const stored = await given.ports.authFile.store(credential, NOW)
        return fixture.store === undefined ? stored : {...stored, ...(await fixture.store())}
      },
    },
  }
  const result = await storeApiKey(ports, providerOf(provider), KEY, {
    expectAccount: expected,
  }).then(
    (done) => ({done, error: undefined}),
    (error: unknown) => ({done: undefined, error}),
  )
  expect(inspect(result, {depth: null})).not.to.include('hunter2')
  return {...result, steps, written}
}

const ASKS = ['check mog_hunter2hunter2', 'whose mog_hunter2hunter2']

describe('storeApiKey', () => {
  it('checks a Mogplex key, and stores it with its account and server', async () => {
    const {done, steps, written} = await store()
    expect(steps).to.deep.equal([...ASKS, 'store'])
    const credential = {
      type: 'api-key',
      provider: 'mogplex',
      source: {type: 'file', path: AUTH_PATH},
      key: KEY,
      issuer: SERVER,
      baseUrl: SERVER,
      account: ADA,
      obtainedAt: NOW,
    }
    expect(written).to.deep.equal([credential])
    expect(done).to.deep.equal({credential, keptAside: [], replaced: []})
  })

  it('stores nothing that the server rejects: exit 64, in words about the key', async () => {
    const check = async () => Promise.reject(new CredentialRejectedError('The stored key.'))
    const {error, steps} = await store({check})
    expect(error).to.include({code: 'KEY_REJECTED', exitCode: 64})
    expect((error as Error).message).to.equal(
      'staging.example.com rejects that key; nothing was stored.',
    )
    expect(steps).to.deep.equal(ASKS.slice(0, 1))
  })

  for (const trouble of [
    new RateLimitedError('staging.example.com', 60),
    new RemoteError('It answers 503.'),
    new UnreachableError('Connection refused.'),
  ]) {
    it(`stores nothing after ${trouble.code}, and fails with just that`, async () => {
      const {error, steps} = await store({check: async () => Promise.reject(trouble)})
      expect(error).to.equal(trouble)
      expect(steps).to.deep.equal(ASKS.slice(0, 1))
    })
  }

  for (const [what, accountOfKey] of [
    ['does not say', async () => Promise.resolve(undefined)],
    ['cannot say', async () => Promise.reject(new RemoteError('It answers 500.'))],
    ['says only by a redirect', async () => Promise.reject(new CredentialRejectedError('No.'))],
  ] as const) {
    it(`stores a key of which the server ${what} whose it is`, async () => {
      const {written} = await store({accountOfKey})
      expect(written).to.have.lengthOf(1)
      expect(written[0]).to.include({issuer: SERVER, account: undefined})
    })

    it(`stores nothing when an account is expected, and the server ${what} whose the key is`, async () => {
      const {error, written} = await store({accountOfKey}, {expected: 'ada@example.com'})
      expect(error).to.include({code: 'UNEXPECTED_ACCOUNT', exitCode: 64})
      expect(written).to.deep.equal([])
    })
  }

  it('requires the expected account, and says what to do about a key', async () => {
    const good = await store({}, {expected: 'Ada@Example.com'})
    expect(good.written).to.have.lengthOf(1)
    const bad = await store({}, {expected: 'grace@example.com'})
    expect(bad.error).to.include({
      code: 'UNEXPECTED_ACCOUNT',
      exitCode: 64,
      remedy: 'Use a key that was made by that account.',
    })
    expect(bad.written).to.deep.equal([])
  })

  it('is stored beside a login of any issuer, and names the key that it replaces', async () => {
    const old = makeKeyBeside({key: new Secret('mog_old-and-gone')})
    for (const login of [makeLogin({account: ADA}), makeLogin({issuer: SERVER, account: ADA})]) {
      const {done} = await store({before: [login, old]})
      expect(done?.replaced).to.deep.equal([{credential: old, revocation: undefined}])
      expect(done?.credential.source).to.deep.equal(old.source)
    }
  })

  it('is refused beside the login of another account: exit 64, nothing is stored', async () => {
    const login = makeLogin({issuer: SERVER, account: {id: 'usr_2'}})
    const {error, written} = await store({before: [login]})
    expect(error).to.include({code: 'KEY_OF_ANOTHER_ACCOUNT', exitCode: 64})
    expect(written).to.deep.equal([])
  })

  for (const {id, name} of PROVIDERS) {
    if (id === 'mogplex') continue
    it(`stores a key of ${name} without a request, and replaces no login`, async () => {
      const {done, steps, written} = await store({before: [makeLogin()]}, {provider: id})
      expect(steps).to.deep.equal(['store'])
      const source = {type: 'file', path: AUTH_PATH}
      expect(written).to.deep.equal([
        {type: 'api-key', provider: id, source, key: KEY, obtainedAt: NOW},
      ])
      expect(done?.replaced).to.deep.equal([])
    })
  }

  it("reports saved contents, and fails with the file's error", async () => {
    const keptAside = ['/kept/aside']
    const kept = await store({store: async () => Promise.resolve({keptAside})})
    expect(kept.done?.keptAside).to.equal(keptAside)
    const failure = new LocalFileError('/x is full.', 'Make room.')
    const {error} = await store({store: async () => Promise.reject(failure)})
    expect(error).to.equal(failure)
  })
})
