import {expect} from 'chai'
import {inspect} from 'node:util'
import type {Credential} from '../../../src/domain/credential/credential.js'
import type {ProviderId} from '../../../src/domain/credential/provider-table.js'
import {exitCodeOf, whyStillStored} from '../../../src/domain/credential/receipt.js'
import {LockedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import type {Environment} from '../../../src/domain/settings/environment.js'
import {logOut, type LogOutPorts, type LogOutRequest} from '../../../src/services/log-out.js'
import {
  AUTH_PATH,
  makeKey,
  makeKeyBeside,
  makeLogin,
  stored,
} from '../../support/make-credential.js'
import {makeAccount} from '../../support/make-account.js'
import {contents, makeSession} from './make-session.js'

const ISSUER = 'https://mogplex.com'
const LISTS = {models: 42, mcpServers: 3}
const NO_LISTS = {models: 0, mcpServers: 0}
const COPY = `${AUTH_PATH}.broken-1`
const FULL = new LocalFileError('/x is full.', 'Make room.')
const ALL_STEPS = [
  'remove mogplex',
  'clear the lists',
  'clear the journal',
  'clean the history',
  'list the copies',
  'revoke',
  'tell plugins',
]

interface Given {
  readonly before?: readonly Credential[]
  readonly env?: Environment
  readonly ports?: Partial<LogOutPorts>
  readonly request?: Partial<LogOutRequest>
}

/** Logs out of a file with these contents: the receipt, and the actions, in order. */
async function logOutOf({before = [makeLogin()], env = {}, ports, request}: Given) {
  const steps: string[] = []
  const told: (string | undefined)[] = []
  let rest = before
  const read = () => contents(stored(...rest))
  const step = <T>(name: string, value: T): T => {
    steps.push(name)
    return value
  }
  const receipt = await logOut(
    {
      authFile: {
        path: AUTH_PATH,
        read,
        async remove(which: readonly ProviderId[]) {
          const removed = before.filter(({provider}) => which.includes(provider))
          rest = before.filter((each) => !removed.includes(each))
          return Promise.resolve(step(`remove ${which.join(' ')}`, removed))
        },
      },
      hostedFiles: {clear: () => step('clear the lists', {counts: LISTS, failures: []})},
      journal: {
        async clear() {
          steps.push('clear the journal')
          return Promise.resolve()
        },
      },
      cleanHistory: async () => Promise.resolve(step('clean the history', 2)),
      copies: {
        list: () => step('list the copies', [COPY]),
        remove: () => step('remove a copy', true),
      },
      session: makeSession({env, read}),
      revoke: async () => Promise.resolve(step('revoke', true)),
      events: {
        loggedOut(who) {
          told.push(step('tell plugins', who?.id ?? undefined))
        },
      },
      ...ports,
    },
    {providers: ['mogplex'], ...request},
  )
  return {receipt, steps, told}
}

describe('logOut', () => {
  it('removes the login, its local data, then revokes it, then notifies plugins', async () => {
    const {steps, told} = await logOutOf({})
    expect(steps).to.deep.equal(ALL_STEPS)
    expect(told).to.deep.equal(['usr_1'])
  })

  it('returns a receipt, without any secret', async () => {
    const env = {MOGPLEX_API_KEY: 'mog_shell-value', OPENAI_API_KEY: 'sk-shell-value'}
    const {receipt} = await logOutOf({env})
    const source = {type: 'env', variable: 'MOGPLEX_API_KEY'}
    const remedy = 'unset MOGPLEX_API_KEY'
    const account = makeAccount({id: 'usr_1', email: 'ada@example.com', name: 'Ada'})
    expect(receipt).to.deep.equal({
      removed: [{provider: 'mogplex', kind: 'oauth', account, path: AUTH_PATH}],
      hosted: LISTS,
      history: 2,
      revocation: {state: 'revoked', issuer: ISSUER},
      stillThere: [
        {provider: 'mogplex', source, for: 'account', remedy},
        {provider: 'mogplex', source, for: 'model', remedy},
        {
          provider: 'openai',
          source: {type: 'env', variable: 'OPENAI_API_KEY'},
          for: 'model',
          by: 'MOGPLEX_API_KEY',
          remedy: 'unset OPENAI_API_KEY',
        },
      ],
      copies: [{path: COPY, removed: false}],
      failures: [],
    })
    expect(exitCodeOf(receipt)).to.equal(0)
    expect(inspect(receipt, {depth: null})).not.to.match(/value|redacted/)
  })

  it('contacts no server where only keys were removed, or nothing', async () => {
    for (const before of [[makeKey('openai'), makeKey('mogplex')], []]) {
      const request = {providers: ['openai', 'mogplex']} as const
      const {receipt, steps} = await logOutOf({before, request})
      expect(receipt.revocation).to.equal(undefined)
      expect(receipt.removed.map(({provider}) => provider)).to.deep.equal(
        before.map(({provider}) => provider),
      )
      expect(steps).to.include('clear the lists')
      expect(steps).not.to.include('revoke')
    }
  })

  it('leaves lists and login where a key of another provider is removed', async () => {
    const {receipt, steps, told} = await logOutOf({
      before: [makeLogin(), makeKey('openai')],
      request: {providers: ['openai']},
    })
    expect(receipt.removed.map(({provider}) => provider)).to.deep.equal(['openai'])
    expect(receipt.hosted).to.deep.equal(NO_LISTS)
    expect(steps).to.deep.equal(['remove openai', 'clean the history', 'list the copies'])
    expect(told).to.deep.equal([])
  })

  it('removes the lists although there was no login', async () => {
    const {receipt} = await logOutOf({before: []})
    expect(receipt).to.deep.include({removed: [], hosted: LISTS, history: 2})
  })

  it('reports a stored key that pays from now on', async () => {
    const {receipt} = await logOutOf({before: [makeLogin(), makeKey('groq')]})
    expect(receipt.stillThere).to.deep.equal([
      {
        provider: 'groq',
        source: {type: 'file', path: AUTH_PATH},
        kind: 'api-key',
        for: 'model',
        remedy: 'mogplex logout --provider groq',
      },
    ])
  })

  it('removes the key beside the login, too, and says where to revoke it', async () => {
    const {receipt} = await logOutOf({before: [makeLogin(), makeKeyBeside()]})
    expect(receipt.removed.map(({kind, endAt}) => [kind, endAt !== undefined])).to.deep.equal([
      ['oauth', false],
      ['api-key', true],
    ])
    expect(receipt.revocation?.state).to.equal('revoked')
  })

  it('works without a resolution where settings are invalid', async () => {
    const {receipt} = await logOutOf({env: {MOGPLEX_URL: 'nonsense'}})
    expect(receipt.stillThere).to.deep.equal([])
  })

  it('returns the receipt whatever the server answers', async () => {
    const revoke = async (): Promise<boolean> => Promise.reject(new RemoteError('It answers 503.'))
    const {receipt, told} = await logOutOf({ports: {revoke}})
    expect(receipt.removed).to.have.lengthOf(1)
    expect(receipt.revocation?.state).to.equal('failed')
    expect(exitCodeOf(receipt)).to.equal(0)
    expect(told).to.have.lengthOf(1)
  })

  it('removes the copies on request', async () => {
    const {receipt} = await logOutOf({request: {removesCopies: true}})
    expect(receipt.copies).to.deep.equal([{path: COPY, removed: true}])
  })

  const failing = (): never => {
    throw FULL
  }
  const CASES: [step: string, ports: Partial<LogOutPorts>, request?: Partial<LogOutRequest>][] = [
    ['hosted', {hostedFiles: {clear: () => ({counts: NO_LISTS, failures: [FULL]})}}],
    ['history', {cleanHistory: async () => Promise.reject(FULL)}],
    ['copies', {copies: {list: () => [COPY], remove: failing}}, {removesCopies: true}],
  ]
  for (const [name, ports, request = {}] of CASES) {
    it(`does all the rest when the step ${name} fails, and reports it: exit 1`, async () => {
      const {receipt, steps, told} = await logOutOf({ports, request})
      const {code, message, remedy} = FULL
      expect(receipt.failures).to.deep.equal([{step: name, code, message, remedy, exitCode: 1}])
      expect(exitCodeOf(receipt)).to.equal(1)
      expect(receipt.removed).to.have.lengthOf(1)
      expect(receipt.revocation?.state).to.equal('revoked')
      expect(steps.slice(-2)).to.deep.equal(['revoke', 'tell plugins'])
      expect(told).to.have.lengthOf(1)
    })
  }

  for (const failure of [FULL, new LockedError('is writing', undefined)]) {
    it(`revokes a login at its server that cannot be removed (${failure.code})`, async () => {
      const read = () => contents(stored(makeLogin()))
      const authFile = {path: AUTH_PATH, read, remove: async () => Promise.reject(failure)}
      const {receipt, steps, told} = await logOutOf({
        ports: {authFile, session: makeSession({read})},
      })
      expect(receipt).to.deep.include({removed: [], hosted: LISTS, history: 2})
      expect(receipt.failures).to.deep.include({
        step: 'credentials',
        code: failure.code,
        message: failure.message,
        remedy: failure.remedy,
        exitCode: failure.exitCode,
      })
      expect(whyStillStored(receipt)).to.include({code: failure.code})
      expect(receipt.revocation?.state).to.equal('revoked')
      expect(receipt.stillThere.map(({provider}) => provider)).to.include('mogplex')
      expect(steps).to.include('clear the lists')
      expect(told).to.deep.equal([])
    })
  }

  it('reports a bug in a step, and does the rest', async () => {
    const {receipt, told} = await logOutOf({
      ports: {cleanHistory: async () => Promise.reject(new TypeError('no such thing'))},
    })
    expect(receipt.failures).to.deep.include({
      step: 'history',
      code: 'UNEXPECTED',
      message: 'no such thing',
      remedy: 'Try again.',
      exitCode: 1,
    })
    expect(told).to.have.lengthOf(1)
  })
})
