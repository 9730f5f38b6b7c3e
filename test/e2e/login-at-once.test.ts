import {expect} from 'chai'
import {unopenedText} from '../../src/domain/login/unopened-ports.js'
import type {RunningCli} from '../support/run-cli.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

describe('two simultaneous logins in one home', () => {
  const stage = setStage()

  it('both succeed, and auth.json is intact', async () => {
    const other = `"somebody-else": {"kept": 1.0}`
    await stage.putAuthFile(`{${other}}`)
    const logins = [0, 1].map(() => stage.start(['login', '--no-browser']))
    const addresses = await Promise.all(logins.map(addressOn))
    const redirects = addresses.map((address) => new URL(address).searchParams.get('redirect_uri'))
    expect(new Set(redirects).size, 'each has a port of its own').to.equal(2)
    const pages = await Promise.all(
      addresses.map((address, index) =>
        stage.cloud.browser(index === 0 ? 'ada@example.test' : 'grace@example.test').visit(address),
      ),
    )
    expect(pages.map(({status}) => status)).to.deep.equal([200, 200])
    const results = await Promise.all(logins.map(({exit}) => exit))
    expect(results.map(({code}) => code)).to.deep.equal([0, 0])
    expect((await stage.storedLogin()).account?.email).to.be.oneOf([
      'ada@example.test',
      'grace@example.test',
    ])
    expect(await stage.authText()).to.include(other)
  })

  it('a third one, without a port, can be finished by pasting', async () => {
    const logins = [0, 1, 2].map(() => stage.start(['login', '--no-browser']))
    const addresses = await Promise.all(logins.map(addressOn))
    // Both ports are in use only after all three have tried; then one of them reports it.
    const says = (cli: RunningCli) => cli.waitFor('Ctrl+C gives up.', 'stderr')
    await Promise.all(logins.map(says))
    const withoutPort = logins.findIndex(({stderr}) =>
      stderr.includes(unopenedText(stage.ports.map((port) => ({port, code: 'EADDRINUSE'})))),
    )
    const callback = await stage.cloud
      .browser('ada@example.test')
      .authorize(addresses[withoutPort] ?? '')
    logins[withoutPort]?.write(callback.href)
    expect((await logins[withoutPort]?.exit)?.code).to.equal(0)
    for (const login of logins) login.kill('SIGINT')
    const codes = (await Promise.all(logins.map(({exit}) => exit))).map(({code}) => code)
    expect(codes.toSorted()).to.deep.equal([0, 130, 130])
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
  })
})
