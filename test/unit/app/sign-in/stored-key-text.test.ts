import {expect} from 'chai'
import {keyPrompt, storedKeyText} from '../../../../src/app/sign-in/stored-key-text.js'
import {keysPage} from '../../../../src/domain/credential/provider-address.js'
import {providerOf, PROVIDERS} from '../../../../src/domain/credential/provider-table.js'
import {AUTH_PATH} from '../../../support/make-credential.js'
import {MARKED, DISPLAY_OPTIONS} from '../make-display-options.js'

const SITE = 'https://mogplex.test'

describe('storedKeyText', () => {
  it('names the account and the file, and says that the key was not tested', () => {
    const provider = providerOf('vercel')
    expect(storedKeyText(provider, AUTH_PATH, DISPLAY_OPTIONS)).to.equal(
      'Stored the Vercel AI Gateway key in ~/.mogplex/auth.json. It was not checked.',
    )
    expect(storedKeyText(provider, '/srv/auth.json', MARKED)).to.equal(
      '<good Stored> the Vercel AI Gateway key in /srv/auth.json. It was not checked.',
    )
  })
})

describe('keyPrompt', () => {
  it('says where to get a key, and that the paste is not shown', () => {
    for (const provider of PROVIDERS) {
      const lines = keyPrompt(provider, SITE, DISPLAY_OPTIONS)
      expect(lines).to.have.lengthOf(2)
      expect(lines[0]).to.include(provider.name).and.to.include(keysPage(provider, SITE))
      expect(lines[1]).to.include('It is not shown.')
    }
    expect(keyPrompt(providerOf('openai'), SITE, MARKED)[1]).to.match(/^<strong Paste the key>/)
  })
})
