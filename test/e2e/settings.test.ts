import {expect} from 'chai'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('an invalid setting', () => {
  const stage = setStage()

  const wrong: [variable: string, value: string, why: RegExp][] = [
    ['MOGPLEX_URL', 'mogplex.example.test', /is not an address/],
    ['MOGPLEX_URL', 'https://mogplex.example.test/with/a-path', /has a path/],
    ['MOGPLEX_URL', 'http://mogplex.example.test', /is plain http to another machine/],
    ['MOGPLEX_URL', 'https://ada:a-password@mogplex.example.test', /holds more than an address/],
    [
      'MOGPLEX_URL',
      'https://mogplex.example.test/?token=of-somebody',
      /holds more than|has a path/,
    ],
    ['MOGPLEX_ISSUER', 'http://issuer.example.test', /is plain http to another machine/],
    ['MOGPLEX_CALLBACK_PORTS', '24816,nonsense', /is not a list of ports/],
  ]
  for (const [variable, value, why] of wrong) {
    it(`exits with 2 and names ${variable}, and not its value ${value}`, async () => {
      const env = {[variable]: value}
      const error = jsonErrorOf(await stage.run(['whoami', '--json'], {env}))
      expect(error).to.include({code: 'BAD_SETTING', exitCode: 2})
      expect(error.message).to.match(why).and.to.include(variable)
      expect(error.message + error.remedy).not.to.include(value)
      expect(error.message + error.remedy).not.to.match(/a-password|of-somebody|example\.test/)
    })
  }

  it('exits with 2 in text, too, with a remedy', async () => {
    const result = await stage.run(['whoami'], {env: {MOGPLEX_URL: 'mogplex.example.test'}})
    expectExit(result, 2)
    expect(result.stderr)
      .to.include('Error: MOGPLEX_URL is not an address')
      .and.to.include('unset MOGPLEX_URL')
    expect(result.stdout).to.equal('')
  })

  it('ends a login with 2 before any request or browser', async () => {
    const before = stage.cloud.requests.length
    const env = {MOGPLEX_URL: `${stage.cloud.url}/path`}
    const error = jsonErrorOf(await stage.run(['login', '--no-browser', '--json'], {env}))
    expect(error).to.include({code: 'BAD_SETTING', exitCode: 2})
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('explains how plain http to this machine is allowed', async () => {
    const closed = await stage.run(['whoami'], {env: {MOGPLEX_DEV: ''}})
    expectExit(closed, 2)
    expect(closed.stderr).to.include('MOGPLEX_DEV=1')
    expectExit(await stage.run(['whoami'], {env: {NODE_ENV: 'production'}}), 2)
    expectExit(await stage.run(['whoami'], {env: {NODE_ENV: 'development'}}), 64)
  })

  it('does not include blank ones, which count as unset', async () => {
    const env = {
      MOGPLEX_URL: ' ',
      MOGPLEX_ISSUER: '',
      MOGPLEX_CALLBACK_PORTS: '',
      MOGPLEX_HOME: ' ',
    }
    expectExit(await stage.run(['whoami'], {env}), 64)
  })
})
