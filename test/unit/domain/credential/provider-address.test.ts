import {expect} from 'chai'
import {BadSettingError} from '../../../../src/domain/errors/usage.js'
import {
  keysPage,
  providerAddress,
  replacedBaseUrl,
} from '../../../../src/domain/credential/provider-address.js'
import {providerOf, PROVIDERS} from '../../../../src/domain/credential/provider-table.js'

const SITE = 'https://staging.example.com'

describe('replacedBaseUrl', () => {
  it('reports the address that a variable sets, and that it is invalid', () => {
    const openai = providerOf('openai')
    const variable = 'OPENAI_BASE_URL'
    expect(replacedBaseUrl(openai, {})).to.equal(undefined)
    expect(replacedBaseUrl(openai, {[variable]: 'https://proxy.test/v1/'})).to.deep.equal({
      variable,
      url: 'https://proxy.test/v1',
    })
    for (const bad of ['bogus', 'http://proxy.test', 'https://proxy.test/v1?key=1']) {
      expect(replacedBaseUrl(openai, {[variable]: bad})).to.deep.equal({variable, url: undefined})
    }
    expect(replacedBaseUrl(providerOf('mogplex'), {MOGPLEX_BASE_URL: 'https://x'})).to.equal(
      undefined,
    )
  })
})

describe('keysPage', () => {
  it('is at the Mogplex in use, and at each provider', () => {
    for (const site of [SITE, 'http://127.0.0.1:4000', 'https://a.test/$&']) {
      expect(keysPage(providerOf('mogplex'), site)).to.equal(`${site}/settings/api-keys`)
    }
    for (const provider of PROVIDERS.slice(1)) {
      expect(keysPage(provider, SITE)).to.equal(provider.keysAt)
    }
  })
})

describe('providerAddress', () => {
  it('puts inference at Mogplex below the site root', () => {
    expect(providerAddress(providerOf('mogplex'), {}, SITE)).to.deep.equal({
      baseUrl: 'https://staging.example.com/api/cli/inference',
    })
  })

  it('cannot be changed by MOGPLEX_BASE_URL', () => {
    const env = {MOGPLEX_BASE_URL: 'https://thief.example.com'}
    expect(providerAddress(providerOf('mogplex'), env, SITE)).to.deep.equal({
      baseUrl: 'https://staging.example.com/api/cli/inference',
    })
  })

  for (const provider of PROVIDERS.slice(1)) {
    const variable = `${provider.id.toUpperCase()}_BASE_URL`
    it(`lets ${variable} replace the address of ${provider.name}, and names it`, () => {
      const env = {[variable]: ' https://proxy.example.com/v1/ '}
      expect(providerAddress(provider, {}, SITE)).to.deep.equal({baseUrl: provider.baseUrl})
      expect(providerAddress(provider, {[variable]: ' '}, SITE)).to.deep.equal({
        baseUrl: provider.baseUrl,
      })
      expect(providerAddress(provider, env, SITE)).to.deep.equal({
        baseUrl: 'https://proxy.example.com/v1',
        variable,
      })
    })
  }

  it('accepts http on loopback', () => {
    const env = {OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1'}
    expect(providerAddress(providerOf('openai'), env, SITE).baseUrl).to.equal(env.OPENAI_BASE_URL)
  })

  for (const value of ['http://bad.example.com', 'bad.example.com', 'ftp://bad', 'bad', '/bad']) {
    it(`refuses ${value}, naming the variable and not the value`, () => {
      const address = (): unknown =>
        providerAddress(providerOf('openai'), {OPENAI_BASE_URL: value}, SITE)
      expect(address).to.throw(BadSettingError, /^OPENAI_BASE_URL is not an https address\.$/)
    })
  }
})
