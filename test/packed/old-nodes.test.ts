import {expect} from 'chai'
import {join} from 'node:path'
import {type Command, projectRoot} from '../support/cli-environment.js'
import {npmInstall} from '../support/npm.js'
import {installedCli} from '../support/packed-cli.js'
import {runCli} from '../support/run-cli.js'
import {temporaryHome} from '../support/temporary-home.js'

const VERSIONS = ['12', '16', '18', '20.9']
const SYSTEM = `${process.platform}-${process.arch}`

const onLinux = process.platform === 'linux' ? describe : describe.skip
const why = process.platform === 'linux' ? '' : ' (skipped: npm has them all for Linux only)'

onLinux(`a Node that is too old${why}`, () => {
  const nodes = new Map<string, string>()
  let scripts: readonly string[] = []

  before(async () => {
    const [{folder}] = await Promise.all([
      installedCli(),
      ...VERSIONS.map(async (version) => nodes.set(version, await fetchNode(version))),
    ])
    const packed = join(folder, 'node_modules', '@mogplex', 'cli')
    scripts = [projectRoot, packed].map((root) => join(root, 'bin', 'run.js'))
  })

  for (const version of VERSIONS) {
    it(`prints the requirement in one sentence: Node ${version}`, async () => {
      const home = await temporaryHome()
      for (const script of scripts) {
        const command: Command = [nodes.get(version) ?? '', script]
        for (const args of [[], ['whoami', '--json'], ['help']]) {
          const {stderr, ...result} = await runCli(args, {home, command})
          expect(result, stderr).to.deep.equal({code: 1, signal: undefined, stdout: ''})
          const sentence = /^mogplex needs Node 20\.19 or later, and this is Node (\S+)\.\n$/
          expect(sentence.exec(stderr)?.[1], stderr).to.match(new RegExp(`^${version}\\.`))
        }
      }
    })
  }
})

/** @returns the path of the program */
async function fetchNode(version: string): Promise<string> {
  const name = `node-${SYSTEM}`
  const folder = await npmInstall(`${name}@${version}`)
  return join(folder, 'node_modules', name, 'bin', 'node')
}
