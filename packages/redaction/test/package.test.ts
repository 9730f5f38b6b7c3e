import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import * as known from '../src/known-secrets.js'
import * as redaction from '../src/index.js'

const ROOT = resolve(import.meta.dirname, '..')

describe('the package @mogplex/redaction', () => {
  it('has three functions, each in its README', async () => {
    const names = ['createRedactor', 'knownSecrets', 'secretsIn']
    expect(Object.keys(redaction)).to.have.members(names)
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
    for (const name of names) expect(readme).to.include(`\`${name}`)
  })

  it('exports separately the one that costs nothing to load', () => {
    expect(Object.keys(known)).to.deep.equal(['knownSecrets'])
  })

  it('has no dependencies', async () => {
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as object
    expect(manifest)
      .to.include({private: true})
      .and.not.to.have.any.keys('dependencies', 'peerDependencies', 'optionalDependencies')
  })
})
