import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {prepareInstall} from '../../../../src/host/plugins/prepare-install.js'
import {PROVIDERS} from '../../../../src/domain/credential/provider-table.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const SECRETS = Object.fromEntries(PROVIDERS.map(({variable}) => [variable, 'hunter2']))
const OURS = {MOGPLEX_URL: 'http://user:hunter2@localhost', MOGPLEX_TOKEN: 'hunter2'}

describe('prepareInstall', () => {
  async function prepare(id: string, {again = false} = {}) {
    const dataDir = await temporaryHome()
    if (again) await writeFile(join(dataDir, 'package.json'), '{}')
    const env = {...SECRETS, ...OURS, PATH: '/bin', MOGPLEX_NPM_REGISTRY: 'http://127.0.0.1:4873'}
    let said = ''
    prepareInstall(id, dataDir, {env, stderr: {write: (text) => (said += text)}})
    return {env, said}
  }

  for (const id of ['plugins:install', 'plugins:link', 'plugins:update', 'plugins']) {
    it(`removes every credential from the environment before ${id} starts npm`, async () => {
      const {env} = await prepare(id)
      expect(env).to.deep.equal({PATH: '/bin', MOGPLEX_NPM_REGISTRY: 'http://127.0.0.1:4873'})
    })
  }

  it('leaves the environment of other commands alone', async () => {
    const {env, said} = await prepare('plugins-of-somebody')
    expect(env).to.include({...SECRETS, ...OURS})
    expect(said).to.equal('')
  })

  it('explains the risk of installing, for the first plugin only', async () => {
    expect((await prepare('plugins:install')).said).to.match(/runs its code.*your login included/)
    expect((await prepare('plugins:install', {again: true})).said).to.equal('')
    expect((await prepare('plugins:link')).said).to.equal('')
  })
})
