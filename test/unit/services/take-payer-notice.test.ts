import {expect} from 'chai'
import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {takePayerNotice} from '../../../src/services/take-payer-notice.js'
import {makeKey, makeLogin, NOW, stored} from '../../support/make-credential.js'
import {contents, makeSession} from './make-session.js'

const NO = {accepted: false, at: NOW, untold: true} as const
const YES = {accepted: true, at: NOW, untold: true} as const

function fixture(prompts: OAuthCredential['prompts'], others: Credential[] = [], disk?: Error) {
  let login = makeLogin({prompts})
  const session = makeSession({read: () => contents(stored(login, ...others))})
  const authFile = {
    amend: async (
      grantId: string,
      change: (before: OAuthCredential) => OAuthCredential | undefined,
    ) => {
      if (disk !== undefined) throw disk
      login = (grantId === login.grantId ? change(login) : undefined) ?? login
      return Promise.resolve(true)
    },
  }
  return {take: async () => takePayerNotice({session, authFile}), prompts: () => login.prompts}
}

describe('takePayerNotice', () => {
  it('says once that a login cannot pay, and what does, and keeps the answer itself', async () => {
    const {take, prompts} = fixture(NO, [makeKey('openai')])
    expect(await take())
      .to.include('mogplex.com')
      .and.include('openai in ')
    expect(prompts()).to.deep.equal({accepted: false, at: NOW})
    expect(await take()).to.equal(undefined)
  })

  it('says how something can pay where nothing does', async () => {
    expect(await fixture(NO).take()).to.include('mogplex login --with-api-key')
  })

  it('says that the login pays again', async () => {
    expect(await fixture(YES, [makeKey('openai')]).take()).to.include('the stored login')
  })

  it('is empty where nothing changed', async () => {
    for (const prompts of [undefined, {accepted: false, at: NOW}]) {
      expect(await fixture(prompts).take()).to.equal(undefined)
    }
  })

  it('is returned all the same where that cannot be stored', async () => {
    const {take, prompts} = fixture(NO, [], new LocalFileError('It is full.', 'Make room.'))
    expect(await take()).to.include('mogplex.com')
    expect(prompts()).to.equal(NO)
  })
})
