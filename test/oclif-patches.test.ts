import {expect} from 'chai'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {assertPatched, PATCHES, patchedOclif} from '../scripts/bundle/oclif-patches.js'
import {projectRoot} from './support/cli-environment.js'

// A larger number needs a reason: see `until` of each patch.
const PATCHED = 9
const LIB = join(projectRoot, 'node_modules/@oclif/core/lib')

describe('the patches of oclif in the bundle', () => {
  it('have a known number of modules, each of which contains the replaced text', () => {
    const done = new Set<object>()
    for (const file of readdirSync(LIB, {recursive: true, encoding: 'utf8'})) {
      if (!file.endsWith('.js')) continue
      patchedOclif(readFileSync(join(LIB, file), 'utf8'), join(LIB, file), done)
    }
    assertPatched(done)
    expect(new Set(PATCHES.map(({file}) => file)).size).to.equal(PATCHED)
  })

  it('fail the build where a text is missing', () => {
    expect(() => assertPatched(new Set(PATCHES.slice(1)))).to.throw(PATCHES[0]?.from)
  })

  it('say why each is needed, and which change of oclif would end it', () => {
    for (const {why, until, file} of PATCHES) {
      expect(why, file).to.match(/^[A-Z].+\.$/)
      expect(until, file).to.match(/^oclif.+\.$/)
    }
  })
})
