import {expect} from 'chai'
import type {
  Account,
  Credential,
  OAuthCredential,
} from '../../../src/domain/credential/credential.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import type {Environment} from '../../../src/domain/settings/environment.js'
import {type Requirement, type WhoAmI, whoAmI} from '../../../src/services/who-am-i.js'
import {givenAccess} from '../../support/given-access.js'
import {makeKey, makeLogin, NOW, stored, OVER} from '../../support/make-credential.js'
import {BROKEN, contents, makeSession} from './make-session.js'
import {makeAccount} from '../../support/make-account.js'

const SHELL = {MOGPLEX_API_KEY: 'mog_1'}
const LOGIN = makeLogin()
const READER = makeLogin({scopes: ['openid', 'read']})

interface Fixture {
  readonly env?: Environment
  readonly file?: readonly Credential[] | 'broken'
  readonly verify?: boolean
  readonly require?: Requirement
  /** The server's error; absent where it agrees. */
  readonly token?: Error
  readonly owner?: Account | Error
  readonly mayWrite?: boolean | Error
  readonly disk?: Error
  /** The error of the paying provider. */
  readonly payer?: Error
}

async function orThrow<T>(answer: T | Error): Promise<T> {
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
}

/** Runs the service, and returns the requests and the writes. */
async function ask({env = {}, file = [], verify = false, require, ...says}: Fixture) {
  const steps: string[] = []
  const written: OAuthCredential[] = []
  const session = makeSession({
    env,
    read: () => (file === 'broken' ? BROKEN : contents(stored(...file))),
  })
  const answer = await whoAmI(
    {
      session,
      gate: async (need) => {
        session.require(need)
        return Promise.resolve()
      },
      access: givenAccess(() => {
        const {account} = session.resolution
        if (account.kind === 'credential') return account.credential
        throw new Error('Nobody is signed in.')
      }),
      clock: {now: () => NOW},
      api: {
        checkToken: async () => {
          steps.push('check')
          if (says.token !== undefined) throw says.token
        },
        accountOfKey: async () => {
          steps.push('account')
          return orThrow(says.owner)
        },
        mayWrite: async () => {
          steps.push('probe')
          return orThrow(says.mayWrite ?? new Error('It was not to be probed.'))
        },
      },
      learn: async () => Promise.resolve(),
      checkPayer: async ({provider}) => {
        steps.push(`check ${provider}`)
        if (says.payer !== undefined) throw says.payer
        return Promise.resolve()
      },
      authFile: {
        amend: async (grantId, change) => {
          steps.push(`amend ${grantId}`)
          const changed = change(LOGIN)
          if (changed !== undefined) written.push(changed)
          return orThrow(says.disk ?? true)
        },
      },
    },
    {verify, require},
  )
  return {answer, steps, written}
}

async function exitCodeOf(fixture: Fixture): Promise<unknown> {
  const outcome: unknown = await ask(fixture).then(
    ({answer}: {answer: WhoAmI}) => answer.verification?.trouble ?? {exitCode: 0},
    (error: unknown) => error,
  )
  if (typeof outcome === 'object' && outcome !== null && 'exitCode' in outcome) {
    return outcome.exitCode
  }
  throw outcome
}

const REJECTED = new CredentialRejectedError('It rejects it.')
const AWAY = new RemoteError('It is away.')
const LATER = new RateLimitedError('mogplex.com', 60)

const MISLED = {OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'bogus'}

const EXIT_CODES: [title: string, fixture: Fixture, exitCode: number][] = [
  ['a login', {file: [LOGIN]}, 0],
  ['MOGPLEX_API_KEY', {env: SHELL}, 0],
  ['only a provider key', {env: {OPENAI_API_KEY: 'sk-1'}}, 0],
  ['nothing', {}, 64],
  ['a malformed variable', {env: {MOGPLEX_API_KEY: 'a b'}, file: [LOGIN]}, 64],
  ['an expired login', {file: [makeLogin(OVER)]}, 64],
  ['a broken file', {file: 'broken'}, 1],
  ['a broken file and a variable', {file: 'broken', env: SHELL}, 0],
  ['a bad setting', {env: {...SHELL, MOGPLEX_URL: 'x'}}, 2],
  ['the account, and a login', {file: [LOGIN], require: 'account'}, 0],
  ['the account, and a provider key', {file: [makeKey('xai')], require: 'account'}, 64],
  ['a model, and a provider key', {file: [makeKey('xai')], require: 'model'}, 0],
  ['a model, and nothing', {require: 'model'}, 64],
  ['an invalid address', {env: MISLED}, 0],
  ['write, and a login with it', {file: [LOGIN], require: 'write'}, 0],
  ['write, and a login without it', {file: [READER], require: 'write'}, 65],
  ['write, and a provider key', {file: [makeKey('xai')], require: 'write'}, 64],
  ['write, and a key that does not tell', {env: SHELL, require: 'write'}, 65],
  [
    ...(['write, and a login that does not tell'] as const),
    ...([{file: [makeLogin({scopes: undefined})], require: 'write'}, 65] as const),
  ],
  ['the server, which agrees', {file: [LOGIN], verify: true}, 0],
  ['the server, which rejects the login', {file: [LOGIN], verify: true, token: REJECTED}, 64],
  ['the server, which is unreachable', {file: [LOGIN], verify: true, token: AWAY}, 69],
  ['the server, which is busy', {file: [LOGIN], verify: true, token: LATER}, 75],
  ['a provider, which accepts its key', {file: [makeKey('xai')], verify: true}, 0],
  [
    'a provider, which rejects its key',
    {file: [makeKey('xai')], verify: true, payer: REJECTED},
    64,
  ],
  ['a provider, which is unreachable', {file: [makeKey('xai')], verify: true, payer: AWAY}, 69],
  ['the server, about nothing', {verify: true}, 64],
  ['write, and a key that may', {env: SHELL, verify: true, require: 'write', mayWrite: true}, 0],
  [
    'write, and a key that may not',
    {env: SHELL, verify: true, require: 'write', mayWrite: false},
    65,
  ],
  [
    'write, and a probe that fails',
    {env: SHELL, verify: true, require: 'write', mayWrite: AWAY},
    69,
  ],
  ['write, and a login that may not', {file: [READER], verify: true, require: 'write'}, 65],
]

describe('whoAmI', () => {
  for (const [title, fixture, exitCode] of EXIT_CODES) {
    it(`ends with ${exitCode} for ${title}`, async () => {
      expect(await exitCodeOf(fixture)).to.equal(exitCode)
    })
  }

  it('answers from stored files, without requests and writes', async () => {
    const {answer, steps} = await ask({file: [LOGIN], require: 'write'})
    expect(answer.identity.account).to.include({email: 'ada@example.com', verifiedAt: null})
    expect(answer.credential).to.equal(LOGIN)
    expect(answer.trace.filter(({state}) => state === 'used')).to.have.lengthOf(2)
    expect(answer).not.to.have.property('verification')
    expect(steps).to.deep.equal([])
  })

  it('records when the server confirmed the login, for that grant', async () => {
    const {answer, steps, written} = await ask({file: [LOGIN], verify: true, require: 'write'})
    expect(steps).to.deep.equal(['check', 'amend grant-1'])
    expect(written).to.deep.equal([{...LOGIN, verifiedAt: NOW}])
    expect(answer.identity.account?.verifiedAt).to.equal(NOW.toISOString())
    expect(answer.verification).to.deep.equal({trouble: undefined})
  })

  it('answers all the same where the home cannot be written to', async () => {
    const disk = new LocalFileError('/x is read-only.', 'Mend it.')
    const {answer} = await ask({file: [LOGIN], verify: true, disk})
    expect(answer.verification).to.deep.equal({trouble: undefined})
  })

  it('finds out the account of a key, and writes nothing', async () => {
    const owner = makeAccount({id: 'usr_2', email: 'eve@example.com'})
    const {answer, steps} = await ask({env: SHELL, file: [LOGIN], verify: true, owner})
    expect(answer.identity.account).to.include({
      id: 'usr_2',
      email: 'eve@example.com',
      name: null,
      kind: 'api-key',
    })
    expect(steps).to.deep.equal(['check', 'account'])
  })

  it('accepts a valid key whose account is unknown', async () => {
    for (const owner of [REJECTED, AWAY]) {
      const {answer} = await ask({env: SHELL, verify: true, owner})
      expect(answer.verification).to.deep.equal({trouble: undefined})
      expect(answer.identity.account).to.include({id: null, verifiedAt: NOW.toISOString()})
    }
  })

  it('sends probes only where the credential itself does not contain its scopes', async () => {
    const {steps} = await ask({env: SHELL, verify: true, require: 'write', mayWrite: true})
    expect(steps).to.deep.equal(['check', 'account', 'probe'])
    expect((await ask({env: SHELL, verify: true})).steps).to.deep.equal(['check', 'account'])
  })

  it('shows the stored answer, unverified, where the server cannot answer', async () => {
    for (const trouble of [AWAY, LATER]) {
      const {answer, steps} = await ask({file: [LOGIN], verify: true, token: trouble})
      expect(answer.verification).to.deep.equal({trouble})
      expect(answer.identity.account).to.include({email: 'ada@example.com', verifiedAt: null})
      expect(steps).to.deep.equal(['check'])
    }
  })

  it('says what to do where a scope is missing or unknown', async () => {
    const remedyOf = async (fixture: Fixture): Promise<unknown> =>
      ask({...fixture, require: 'write'}).then(
        () => undefined,
        (error: unknown) => (error instanceof Error && 'remedy' in error ? error.remedy : error),
      )
    expect(await remedyOf({env: SHELL})).to.include('--verify --require write')
    expect(await remedyOf({file: [READER]})).to.equal('Run `mogplex login`.')
    const refused = {env: SHELL, verify: true, mayWrite: false}
    expect(await remedyOf(refused)).to.equal('Use a key that was made with the scope `write`.')
  })

  it('does not hide a bug of ours behind "unverified"', async () => {
    const bug = new TypeError('a bug')
    const outcome: unknown = await ask({file: [LOGIN], verify: true, token: bug}).catch(
      (error: unknown) => error,
    )
    expect(outcome).to.equal(bug)
  })
})
