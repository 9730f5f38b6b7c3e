import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {NoBalanceError} from '../../../src/domain/errors/access.js'
import {NotLoggedInError} from '../../../src/domain/errors/authentication.js'
import {BadSettingError} from '../../../src/domain/errors/usage.js'
import {ownId} from '../../../src/domain/hosted/hosted-account.js'
import type {ModelEntry} from '../../../src/domain/hosted/model-catalog.js'
import {promptErrorFor} from '../../../src/services/prompt-check.js'
import {givenChoices} from '../../support/given-choices.js'
import {
  ISSUER,
  makeKey,
  makeKeyBeside,
  makeLogin,
  NOW,
  serverAt,
} from '../../support/make-credential.js'

const VERCEL = makeKey('vercel', {source: {type: 'env', variable: 'VERCEL_API_TOKEN'}})
const MODEL: ModelEntry = {
  id: 'openai/gpt',
  provider: 'openai',
  name: 'GPT',
  contextLength: null,
  capabilities: [],
  pricing: {input: null, output: null},
}
/** The account of {@link makeLogin}. */
const ADA = {issuer: ISSUER, id: 'usr_1'}

interface Given {
  readonly isExplicit?: boolean
  readonly confirmed?: readonly string[]
  /** The last synced list of Ada's. */
  readonly models?: readonly ModelEntry[]
  readonly hasNoBalance?: boolean
  readonly address?: Error
}

function judge(credential: Credential | Error, given: Given = {}) {
  const {isExplicit = false, confirmed = [], models, hasNoBalance = false, address} = given
  return promptErrorFor(
    () => {
      if (credential instanceof Error) throw credential
      return {credential, isExplicit}
    },
    () => ({
      addressOf: () => {
        if (address !== undefined) throw address
        return 'https://api.example.com/v1'
      },
      choices: givenChoices({confirmed}),
      hosted: {
        readModels: ({id}) =>
          models === undefined || id !== ADA.id
            ? undefined
            : {account: ADA, syncedAt: NOW, entries: models},
        hasNoBalance: ({id}) => hasNoBalance && id === ADA.id,
      },
      server: serverAt(ISSUER),
    }),
  )
}

describe('promptErrorFor', () => {
  it('is empty where a prompt would be sent, as far as is known', () => {
    for (const credential of [makeLogin(), makeKeyBeside(), makeKey('openai')]) {
      expect(judge(credential)).to.equal(undefined)
      expect(judge(credential, {models: [MODEL]})).to.equal(undefined)
    }
  })

  it('says why nothing pays, and hides no bug of ours', () => {
    const nobody = new NotLoggedInError()
    expect(judge(nobody)).to.equal(nobody)
    expect(() => judge(new TypeError('a mistake'))).to.throw(TypeError)
  })

  it('requires consent for VERCEL_API_TOKEN, unless it is stored or implied: 64', () => {
    expect(judge(VERCEL)).to.include({code: 'PAYMENT_NOT_CONFIRMED', exitCode: 64})
    expect(judge(VERCEL, {confirmed: [ownId(VERCEL)]})).to.equal(undefined)
    expect(judge(VERCEL, {isExplicit: true})).to.equal(undefined)
    expect(judge(makeKey('vercel'))).to.equal(undefined)
  })

  it('reports an invalid address: 2', () => {
    const address = new BadSettingError('OPENAI_BASE_URL', 'is none', 'Unset it.')
    expect(judge(makeKey('openai'), {address})).to.equal(address)
  })

  it('reports that the account may call no model, and what to do after a change: 65', () => {
    const account = makeLogin().account
    for (const credential of [makeLogin(), makeKeyBeside({account})]) {
      const lack = judge(credential, {models: []})
      expect(lack).to.include({code: 'NO_MODEL_ACCESS', exitCode: 65})
      expect(lack?.remedy).to.include('/settings/models').and.include('`mogplex models --refresh`')
    }
  })

  it('reports that the account has no balance, as a prompt showed: 65', () => {
    const lack = judge(makeLogin(), {models: [MODEL], hasNoBalance: true})
    expect(lack).to.be.instanceOf(NoBalanceError).and.include({exitCode: 65})
  })

  it("does not apply an account's state to the key of another, or of a provider", () => {
    const other = makeKeyBeside({account: {id: 'usr_2'}})
    for (const credential of [other, makeKeyBeside(), makeKey('openai')]) {
      expect(judge(credential, {models: [], hasNoBalance: true})).to.equal(undefined)
    }
  })
})
