import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {storeCredential} from '../../../src/services/store-credential.js'
import {ISSUER, makeKey, makeLogin} from '../../support/make-credential.js'
import {makeAccount} from '../../support/make-account.js'
import {storePorts} from './store-ports.js'

const ADA = makeAccount({id: 'usr_1', email: 'ada@example.com'})
const GRACE = makeAccount({id: 'usr_2', email: 'ada@example.com'})
const NEW = makeLogin({account: GRACE, grantId: 'new-grant'})

async function replacedBy(after: Credential, ...before: readonly Credential[]) {
  const {ports, revoked} = storePorts({before})
  const {replaced} = await storeCredential(ports, after)
  expect(revoked).to.deep.equal(
    replaced.map(({credential}) => credential).filter(({type}) => type === 'oauth'),
  )
  return replaced[0]?.credential
}

describe('storeCredential', () => {
  it('stores, reports it, forgets the old refresh, notifies plugins, then revokes the old login', async () => {
    const steps: string[] = []
    const step = (name: string) => void steps.push(name)
    const {ports, events} = storePorts({before: [makeLogin({account: ADA})], step})
    await storeCredential(ports, NEW, {isStored: () => step('stored')})
    expect(steps).to.deep.equal(['store', 'stored', 'clear the journal', 'event', 'revoke'])
    expect(events).to.deep.equal([['usr_1', 'usr_2']])
  })

  it('replaces the login of another account or issuer, and revokes that', async () => {
    const elsewhere = 'https://other.example.com'
    for (const before of [
      makeLogin({account: ADA}),
      makeLogin({issuer: elsewhere, account: GRACE}),
      makeLogin({issuer: elsewhere, account: undefined}),
    ]) {
      expect(await replacedBy(NEW, makeKey('groq'), before)).to.equal(before)
    }
  })

  it('revokes no login that may belong to the same account: it could end the new one', async () => {
    const renamed = makeAccount({id: 'usr_2', email: 'renamed@example.com'})
    for (const before of [makeLogin({account: renamed}), makeLogin({account: undefined})]) {
      expect(await replacedBy(NEW, before)).to.equal(undefined)
    }
    expect(await replacedBy(NEW, makeKey('openai'))).to.equal(undefined)
  })

  it("reports the old server's answer, and fails at none of them", async () => {
    const {ports} = storePorts({before: [makeLogin({account: ADA})]})
    const revoke = async () => Promise.reject(new RemoteError('It answers 503.'))
    const {replaced} = await storeCredential({...ports, revoke}, NEW)
    expect(replaced[0]?.revocation).to.include({state: 'failed', issuer: ISSUER})
  })

  it('stores the key of another provider, and nothing follows', async () => {
    const steps: string[] = []
    const before = [makeLogin({account: ADA})]
    const {ports} = storePorts({before, step: (name) => void steps.push(name)})
    const {replaced} = await storeCredential(ports, makeKey('openai'))
    expect([steps, replaced]).to.deep.equal([['store'], []])
  })

  it('does nothing else when it cannot be stored', async () => {
    const steps: string[] = []
    const {ports} = storePorts({before: [makeLogin()], step: (name) => void steps.push(name)})
    const failure = new LocalFileError('/x is full.', 'Make room.')
    const authFile = {...ports.authFile, store: async () => Promise.reject(failure)}
    const error: unknown = await storeCredential({...ports, authFile}, NEW).catch(
      (thrown: unknown) => thrown,
    )
    expect([error, steps]).to.deep.equal([failure, []])
  })
})
