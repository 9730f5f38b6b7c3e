import {expect} from 'chai'
import {
  browserEnvironment,
  npmEnvironment,
} from '../../../../src/domain/settings/child-environment.js'
import {PROVIDERS} from '../../../../src/domain/credential/provider-table.js'

const SECRETS = [
  ...PROVIDERS.map(({variable}) => variable),
  'ANTHROPIC_AUTH_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'GH_TOKEN',
  'GITHUB_TOKEN',
  'MOGPLEX_TOKEN',
  'NPM_TOKEN',
  'KUBECONFIG_CONTENT',
  'DATABASE_URL',
  'Openai_Api_Key',
  'SOMETHING_NEW',
]
const GIVEN = Object.fromEntries(SECRETS.map((name) => [name, 'hunter2']))
const EVERYWHERE = {PATH: '/bin', HOME: '/home/ada', LC_ALL: 'C', XDG_DATA_HOME: '/data', LANG: ''}

for (const [name, environmentOf] of Object.entries({browserEnvironment, npmEnvironment})) {
  describe(name, () => {
    it('keeps what every program needs, including blank values, and not unset ones', () => {
      const env = {...EVERYWHERE, TERM: undefined}
      expect(environmentOf(env)).to.deep.equal(EVERYWHERE)
    })

    it('keeps nothing else, whatever its name', () => {
      expect(environmentOf({...EVERYWHERE, ...GIVEN})).to.deep.equal(EVERYWHERE)
    })

    it('compares names like Windows, ignoring case', () => {
      const env = {Path: 'C:\\bin', SystemRoot: 'C:\\Windows', 'ProgramFiles(x86)': 'C:\\x86'}
      expect(environmentOf(env)).to.deep.equal(env)
    })
  })
}

describe('the two environments', () => {
  it('give the browser its display, and npm its network and its settings', () => {
    const forBrowser = {DISPLAY: ':1', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus'}
    const forNpm = {
      HTTPS_PROXY: 'http://ada:hunter2@proxy',
      https_proxy: 'http://proxy',
      NO_PROXY: 'a',
      npm_config_registry: 'https://npm.example',
      NODE_AUTH_TOKEN: 'for-npm',
    }
    expect(browserEnvironment({...forBrowser, ...forNpm})).to.deep.equal(forBrowser)
    expect(npmEnvironment({...forBrowser, ...forNpm})).to.deep.equal(forNpm)
  })
})
