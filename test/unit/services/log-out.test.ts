import {expect} from 'chai'
import {inspect} from 'node:util'
import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import type {Resolution} from '../../../src/domain/credential/precedence.js'
import type {HostedCounts} from '../../../src/domain/hosted/hosted-state.js'
import type {ProviderId} from '../../../src/domain/credential/provider-table.js'
import {logOut, revocationOf} from '../../../src/services/log-out.js'
import {AUTH_PATH, makeKey, makeLogin, resolve, stored} from '../../support/make-credential.js'
import {makeAccount} from '../../support/make-account.js'

const ISSUER = 'https://mogplex.com'
const LISTS = {models: 42, mcpServers: 3}
const NO_LISTS = {models: 0, mcpServers: 0}
const ENDS = {
  accessTokenEnds: new Date('2026-11-23T17:00:00.000Z'),
  refreshTokenEnds: new Date('2026-12-23T16:00:00.000Z'),
}

const COPIES = [{path: `${AUTH_PATH}.broken-1`, removed: false}]

interface World {
  readonly removes?: readonly Credential[]
  readonly left?: Resolution | undefined
  readonly revoke?: () => Promise<boolean>
  readonly clear?: () => HostedCounts
}

/** A file from which these go, a server, and what signs in afterwards; and in which order. */
function world({
  removes = [makeLogin()],
  left,
  revoke = async () => Promise.resolve(true),
  clear = () => LISTS,
}: World) {
  const steps: string[] = []
  const ports = {
    authFile: {
      path: AUTH_PATH,
      remove: async (which: readonly ProviderId[]) => {
        steps.push(`remove ${which.join(' ')}`)
        return Promise.resolve([...removes])
      },
    },
    hostedFiles: {
      clear: () => {
        steps.push('clear the lists')
        return clear()
      },
    },
    copies: () => COPIES,
    cleanHistory: async () => Promise.resolve(2),
    revoke: async ({accessToken}: OAuthCredential) => {
      steps.push(`revoke ${accessToken.reveal()}`)
      return revoke()
    },
    resolveAgain: () => {
      steps.push('resolve')
      return left
    },
  }
  return {ports, steps}
}

describe('logOut', () => {
  it('removes the login, then the lists, then revokes, then looks at what is left', async () => {
    const {ports, steps} = world({})
    await logOut(ports, ['mogplex'])
    expect(steps).to.deep.equal([
      ...['remove mogplex', 'clear the lists', 'revoke access-token-value', 'resolve'],
    ])
  })

  it('gives a receipt, without any secret', async () => {
    const env = {MOGPLEX_API_KEY: 'mog_shell-value', OPENAI_API_KEY: 'sk-shell-value'}
    const {ports} = world({left: resolve({env})})
    const receipt = await logOut(ports, ['mogplex'])
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
      ],
      copies: COPIES,
    })
    expect(inspect(receipt, {depth: null})).not.to.match(/value|redacted/)
  })

  it('asks no server where only keys were removed, or nothing', async () => {
    for (const removes of [[makeKey('openai'), makeKey('mogplex')], []]) {
      const {ports, steps} = world({removes})
      const {revocation, removed} = await logOut(ports, ['openai', 'mogplex'])
      expect(revocation).to.equal(undefined)
      expect(removed.map(({provider}) => provider)).to.deep.equal(
        removes.map(({provider}) => provider),
      )
      expect(steps).to.deep.equal(['remove openai mogplex', 'clear the lists', 'resolve'])
    }
  })

  it('leaves the lists where the login stays', async () => {
    const {ports, steps} = world({removes: [makeKey('openai')]})
    const {hosted} = await logOut(ports, ['openai', 'groq'])
    expect(hosted).to.deep.equal(NO_LISTS)
    expect(steps).to.deep.equal(['remove openai groq', 'resolve'])
  })

  it('removes the lists although no login was there', async () => {
    const {ports} = world({removes: []})
    expect(await logOut(ports, ['mogplex'])).to.deep.include({
      removed: [],
      hosted: LISTS,
      history: 2,
    })
  })

  it('revokes the login although a list cannot be removed, and then says so: exit 1', async () => {
    const failure = new LocalFileError('/x cannot be removed.', 'Remove it.')
    const clear = (): HostedCounts => {
      throw failure
    }
    const {ports, steps} = world({clear})
    const error: unknown = await logOut(ports, ['mogplex']).catch((thrown: unknown) => thrown)
    expect(error).to.equal(failure)
    expect(failure.exitCode).to.equal(1)
    expect(steps).to.deep.equal([
      ...['remove mogplex', 'clear the lists', 'revoke access-token-value', 'resolve'],
    ])
  })

  it('tells of a stored key that pays from now on', async () => {
    const {ports} = world({left: resolve({stored: stored(makeKey('groq'))})})
    const {stillThere} = await logOut(ports, ['mogplex'])
    expect(stillThere).to.deep.equal([
      {
        ...{provider: 'groq', source: {type: 'file', path: AUTH_PATH}, for: 'model'},
        remedy: 'mogplex logout --provider groq',
      },
    ])
  })

  it('has nothing to tell where settings do not allow a look', async () => {
    const {ports} = world({left: undefined})
    expect((await logOut(ports, ['mogplex'])).stillThere).to.deep.equal([])
  })

  it('gives the receipt whatever the server says', async () => {
    const revoke = async (): Promise<boolean> => Promise.reject(new RemoteError('It answers 503.'))
    const {ports, steps} = world({revoke})
    const {removed, revocation} = await logOut(ports, ['mogplex'])
    expect(removed).to.have.lengthOf(1)
    expect(revocation?.state).to.equal('failed')
    expect(steps.at(-1)).to.equal('resolve')
  })

  it('revokes nothing when nothing could be removed', async () => {
    const {ports, steps} = world({})
    const failure = new LocalFileError('/x belongs to another user.', 'Correct the owner.')
    const authFile = {path: AUTH_PATH, remove: async () => Promise.reject(failure)}
    const error: unknown = await logOut({...ports, authFile}, ['mogplex']).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.equal(failure)
    expect(steps).to.deep.equal([])
  })
})

describe('revocationOf', () => {
  it('says when the tokens end by themselves where the server offers no way to', async () => {
    const report = await revocationOf(makeLogin(), async () => Promise.resolve(false))
    expect(report).to.deep.equal({state: 'not-offered', issuer: ISSUER, ...ENDS})
  })

  it('says why not, in the words of the error, and when the tokens end', async () => {
    const failure = new RemoteError('mogplex.com is in trouble: it answers 503.')
    const report = await revocationOf(makeLogin(), async () => Promise.reject(failure))
    const why = 'mogplex.com is in trouble: it answers 503.'
    expect(report).to.deep.equal({state: 'failed', issuer: ISSUER, why, ...ENDS})
  })

  it('gives the server five seconds, and says that they were not enough', async () => {
    let given: AbortSignal | undefined
    const report = await revocationOf(makeLogin({expiresAt: undefined}), async (_login, signal) => {
      given = signal
      return Promise.reject(new DOMException('hunter2', 'TimeoutError'))
    })
    expect(given?.aborted).to.equal(false)
    const why = 'mogplex.com did not answer within 5 s.'
    const ends = {...ENDS, accessTokenEnds: undefined}
    expect(report).to.deep.equal({state: 'failed', issuer: ISSUER, why, ...ends})
  })
})
