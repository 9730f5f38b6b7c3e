import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {expect} from 'chai'
import {headerParts} from '../../../src/app/app-header.js'
import {NO_BALANCE, noBalance, noModelAccess} from '../../../src/domain/chat/chat-access-trouble.js'
import type {Sources} from '../../../src/domain/credential/candidates.js'
import {NoModelCredentialError} from '../../../src/domain/errors/authentication.js'
import {notConfirmed} from '../../../src/services/confirm-payment.js'
import {authErrorFor} from '../../../src/domain/credential/gate.js'
import {makeKey, makeLogin, NOW, resolve, stored} from '../../support/make-credential.js'

const SITE = 'https://mogplex.example'

function header(sources: Partial<Sources>, lack?: MogplexError): string[] {
  const resolution = resolve(sources)
  return headerParts({
    session: {refresh: () => undefined, resolution},
    prompts: {
      payer: () => {
        const {model} = resolution
        if (model.kind === 'credential')
          return {credential: model.credential, model: undefined, isExplicit: false}
        throw authErrorFor('model', resolution) ?? new NoModelCredentialError()
      },
      whyNone: () => lack,
    },
  })
}

describe('headerParts', () => {
  const login = {stored: stored(makeLogin())}

  it('names the account, the model and the payer', () => {
    expect(header(login)).to.deep.equal([
      'ada@example.com',
      'mogplex: default model',
      'your login pays',
    ])
  })

  it('names the account of an ended login, and what to do', () => {
    const rejected = makeLogin({rejected: {at: NOW, why: 'invalid_grant'}})
    const ended = 'the login of ada@example.com has ended: /login'
    expect(header({stored: stored(rejected)})[0]).to.equal(ended)
    const unnamed = makeLogin({rejected: {at: NOW, why: 'invalid_grant'}, account: undefined})
    expect(header({stored: stored(unnamed, makeKey('openai'))})).to.include(
      'the login of an unnamed account has ended: /login',
    )
  })

  it('says that a login cannot pay, and where', () => {
    const refused = makeLogin({prompts: {accepted: false, at: NOW}})
    expect(header({stored: stored(refused)})).to.deep.equal([
      'ada@example.com',
      'your login cannot pay for prompts at mogplex.com: it takes API keys',
    ])
    expect(header({stored: stored(refused, makeKey('openai'))}).at(-1)).to.equal(
      'your OpenAI key pays',
    )
  })

  it('says that the account has no model access, or that consent is missing', () => {
    for (const lack of [noModelAccess('no model', SITE), noBalance(NO_BALANCE, SITE)]) {
      expect(header(login, lack).at(-1)).to.include('no model access')
    }
    const env = {VERCEL_API_TOKEN: 'a-token-of-vercel'}
    const lack = notConfirmed({provider: 'vercel'})
    expect(header({env}, lack).at(-1)).to.equal('VERCEL_API_TOKEN pays, once you say yes')
  })

  it('says that nothing pays, or which variable prevents it', () => {
    expect(header({})).to.deep.equal(['no Mogplex account', 'nothing pays: /login'])
    expect(header({env: {OPENAI_API_KEY: 'a b'}}).at(-1)).to.include('OPENAI_API_KEY')
  })
})
