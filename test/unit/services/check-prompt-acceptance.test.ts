import {expect} from 'chai'
import type {PromptAnswer} from '../../../src/adapters/mogplex-api/prompt-acceptance.js'
import type {
  Credential,
  OAuthCredential,
  PromptAcceptance,
} from '../../../src/domain/credential/credential.js'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {checkPromptAcceptance} from '../../../src/services/check-prompt-acceptance.js'
import {givenAccess} from '../../support/given-access.js'
import {makeKey, makeLogin, NOW, stored} from '../../support/make-credential.js'
import {contents, makeSession} from './make-session.js'

const BEFORE = new Date(NOW.getTime() - 3_600_000)
const REJECTED = new CredentialRejectedError('mogplex.com rejects the stored login.')
const YES: PromptAcceptance = {accepted: true, at: BEFORE}
const NO: PromptAcceptance = {accepted: false, at: BEFORE}

interface Given {
  readonly answer?: PromptAnswer | Error
  /** The v1 API's answer for the same token. */
  readonly check?: Error
  readonly before?: PromptAcceptance
  readonly account?: Credential
  readonly others?: readonly Credential[]
  readonly disk?: Error
  readonly env?: Record<string, string>
}

/** Runs the check, and returns what is stored afterwards. */
async function learn(given: Given, signal?: AbortSignal): Promise<PromptAcceptance | undefined> {
  const {answer = 'accepted', check, before, account, others = [], disk, env = {}} = given
  let login: OAuthCredential = makeLogin({prompts: before})
  const session = makeSession({env, read: () => contents(stored(login, ...others))})
  await checkPromptAcceptance(
    {
      ask: async () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
      api: {
        checkToken: async () => (check === undefined ? Promise.resolve() : Promise.reject(check)),
      },
      access: givenAccess(() => account ?? login),
      authFile: {
        amend: async (grantId, change) => {
          if (disk !== undefined) throw disk
          const changed = grantId === login.grantId ? change(login) : undefined
          login = changed ?? login
          return Promise.resolve(changed !== undefined)
        },
      },
      session,
      clock: {now: () => NOW},
    },
    signal,
  )
  return login.prompts
}

describe('checkPromptAcceptance', () => {
  it('stores with the login whether it is accepted', async () => {
    expect(await learn({})).to.deep.equal({accepted: true, at: NOW})
    expect(await learn({answer: 'refused'})).to.deep.include({accepted: false, at: NOW})
  })

  it('reads a 401 as no, where v1 accepts the same token', async () => {
    expect(await learn({answer: 'unauthorized'})).to.include({accepted: false})
    expect(await learn({answer: 'unauthorized', check: REJECTED})).to.equal(undefined)
    expect(await learn({answer: 'unauthorized', check: REJECTED, before: YES})).to.equal(YES)
  })

  it('changes nothing where the answer is inconclusive, or missing', async () => {
    for (const answer of ['unknown', new RemoteError('mogplex.com cannot be reached.')] as const) {
      expect(await learn({answer})).to.equal(undefined)
      expect(await learn({answer, before: NO})).to.equal(NO)
    }
  })

  it('writes nothing where nothing changed', async () => {
    expect(await learn({before: YES})).to.equal(YES)
    expect(await learn({answer: 'refused', before: NO})).to.equal(NO)
  })

  it('sends nothing for a key, and stores nothing for another login', async () => {
    const account = makeKey('mogplex')
    expect(await learn({account, answer: new Error('It was asked.')})).to.equal(undefined)
    const other = makeLogin({grantId: 'another'})
    expect(await learn({account: other, answer: 'refused'})).to.equal(undefined)
  })

  it('tolerates that it cannot be stored, and stops on its signal', async () => {
    const disk = new LocalFileError('It cannot be written.', 'Look at it.')
    expect(await learn({answer: 'refused', disk})).to.equal(undefined)
    const why = new Error('Enough.')
    const failure = await learn({answer: why}, AbortSignal.abort(why)).catch(
      (error: unknown) => error,
    )
    expect(failure).to.equal(why)
  })

  describe('leaves a mark for the next command', () => {
    const isMarked = async (given: Given): Promise<boolean> => (await learn(given))?.untold === true

    it('where the login paid, and does not any more', async () => {
      expect(await isMarked({answer: 'refused'})).to.equal(true)
      expect(await isMarked({answer: 'refused', others: [makeKey('openai')]})).to.equal(true)
    })

    it('where the login pays again, before the stored key of a provider', async () => {
      expect(await isMarked({before: NO})).to.equal(true)
      expect(await isMarked({before: NO, others: [makeKey('openai')]})).to.equal(true)
    })

    it('not where something that outranks it pays in any case', async () => {
      const env = {OPENAI_API_KEY: 'sk-of-the-shell'}
      const beside = makeKey('mogplex', {source: {type: 'file', path: '', member: 'mogplex-key'}})
      for (const above of [{env}, {others: [beside]}]) {
        expect(await isMarked({answer: 'refused', ...above})).to.equal(false)
        expect(await isMarked({before: NO, ...above})).to.equal(false)
      }
      expect(await isMarked({})).to.equal(false)
    })
  })
})
