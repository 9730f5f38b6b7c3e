import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const REQUIRE_WRITE = ['whoami', '--require', 'write']

describe('mogplex whoami, with a personal access token', () => {
  const stage = setStage()

  it('shows the name with --verify, and sends no request without', async () => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey(ADA, {scopes: ['read']})
    const env = {MOGPLEX_API_KEY}
    const before = stage.cloud.requests.length
    const plain = await stage.run(['whoami'], {env})
    expectExit(plain, 0)
    expect(plain.stdout).to.match(/^Signed in by MOGPLEX_API_KEY, scopes unknown\n/)
    expect(stage.cloud.requests).to.have.length(before)
    const verified = await stage.run(['whoami', '--verify', '--json'], {env})
    expectExit(verified, 0)
    const {account, verification} = jsonOf(verified)
    expect(account).to.include({email: ADA, name: 'Ada Lovelace', scopes: null})
    expect(verification).to.deep.equal({state: 'verified'})
  })

  it('shows it for a stored key, too, and stores nothing', async () => {
    const key = await stage.cloud.createKey(ADA)
    expectExit(await stage.run(['login', '--with-api-key'], {stdin: key}), 0)
    const before = await stage.authText()
    const verified = await stage.run(['whoami', '--verify'])
    expectExit(verified, 0)
    expect(verified.stdout).to.match(
      /^ada@example\.test \(Ada Lovelace\), scopes unknown, verified /,
    )
    expect(await stage.authText()).to.equal(before)
  })

  for (const [scopes, exitCode] of [
    [['read'], 65],
    [['read', 'write'], 0],
    [['write'], 0],
  ] as const) {
    it(`asks whether a key with ${scopes.join(' and ')} may write: ${exitCode}`, async () => {
      const MOGPLEX_API_KEY = await stage.cloud.createKey(ADA, {scopes: [...scopes]})
      const env = {MOGPLEX_API_KEY}
      const unasked = jsonErrorOf(await stage.run([...REQUIRE_WRITE, '--json'], {env}))
      expect(unasked).to.include({code: 'SCOPE_MISSING', exitCode: 65})
      expect(unasked.remedy).to.include('--verify')
      const asked = await stage.run([...REQUIRE_WRITE, '--verify'], {env})
      expectExit(asked, exitCode)
      if (exitCode === 0) expect(asked.stdout).to.match(/^ada@example\.test \(Ada Lovelace\), /)
      else expect(asked.stderr).to.include('it has no scope `write`')
    })
  }

  it('exits with 64 for a revoked key, and names its source', async () => {
    const key = await stage.cloud.createKey(ADA)
    expectExit(await stage.run(['login', '--with-api-key'], {stdin: key}), 0)
    await stage.cloud.revokeKey(key)
    const [stored, shell] = await Promise.all([
      stage.run(['whoami', '--verify', '--json']),
      stage.run(['whoami', '--verify', '--json'], {env: {MOGPLEX_API_KEY: key}}),
    ])
    expect(jsonErrorOf(stored)).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(jsonErrorOf(shell).message).to.include('MOGPLEX_API_KEY')
  })
})
