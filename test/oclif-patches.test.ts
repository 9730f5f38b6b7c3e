import {expect} from 'chai'
import {build} from 'esbuild'
import {PATCHES, patchedOclif} from '../scripts/bundle/oclif-patches.js'
import {projectRoot} from './support/cli-environment.js'

// Whoever makes one of these numbers larger owes oclif more: see `until` of each patch.
const PATCHED = 7
const REWRITTEN = 54

describe('what the bundle changes of oclif', () => {
  it('is a known number of modules, each of which is in the bundle', async () => {
    const rewritten = new Set<string>()
    await build({
      stdin: {contents: "require('@oclif/core')", resolveDir: projectRoot},
      bundle: true,
      platform: 'node',
      write: false,
      logLevel: 'silent',
      external: ['typescript', 'semver'],
      plugins: [patchedOclif(rewritten)],
    })
    const patched = new Set(PATCHES.map(({file}) => file))
    expect(patched.size).to.equal(PATCHED)
    expect([...rewritten]).to.include.members([...patched])
    expect(rewritten.size, [...rewritten].sort().join('\n')).to.equal(REWRITTEN)
  })

  it('says of each patch why it is there, and what of oclif would end it', () => {
    for (const {why, until, file} of PATCHES) {
      expect(why, file).to.match(/^[A-Z].+\.$/)
      expect(until, file).to.match(/^oclif.+\.$/)
    }
  })
})
