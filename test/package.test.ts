import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRoot} from './support/cli-environment.js'

interface PackageJson {
  readonly bundleDependencies: readonly string[]
  readonly dependencies?: object
  readonly optionalDependencies?: object
  readonly peerDependencies?: object
}

describe('package.json', () => {
  it('bundles no package that depends on another, which npm -g would leave empty', async () => {
    const {bundleDependencies} = await readPackage('.')
    expect(bundleDependencies).to.have.length.greaterThan(0)
    for (const name of bundleDependencies) {
      const bundled = await readPackage(join('node_modules', name))
      for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies'] as const) {
        expect(bundled[kind] ?? {}, `${kind} of ${name}`).to.deep.equal({})
      }
    }
  })
})

async function readPackage(folder: string): Promise<PackageJson> {
  return JSON.parse(
    await readFile(join(projectRoot, folder, 'package.json'), 'utf8'),
  ) as PackageJson
}
