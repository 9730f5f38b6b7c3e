import {expect} from 'chai'
import {Linter} from 'eslint'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {builtCli, projectRoot} from './support/cli-environment.js'
import {type CliResult, runCli} from './support/run-cli.js'
import {temporaryHome} from './support/temporary-home.js'

describe('bin/run.js', () => {
  it('is ES5: the oldest Node can parse it, and report that it is too old', async () => {
    const text = await readFile(join(projectRoot, 'bin', 'run.js'), 'utf8')
    const languageOptions = {ecmaVersion: 5, sourceType: 'script'} as const
    expect(new Linter().verify(text, {languageOptions})).to.deep.equal([])
    expect(text).not.to.include("'node:") // a prefix that the oldest versions do not know
  })

  it('requires the Node version of package.json', async () => {
    const {engines} = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      engines: {node: string}
    }
    expect(engines.node).to.equal('>=20.19')
    expect(await versionBy('20.18.3')).to.deep.equal({
      code: 1,
      signal: undefined,
      stdout: '',
      stderr: 'mogplex needs Node 20.19 or later, and this is Node 20.18.3.\n',
    })
    for (const node of ['20.19.0', '21.0.0', '100.2.0']) {
      expect(await versionBy(node)).to.include({code: 0, stderr: ''})
    }
  })
})

/** `mogplex --version`, on a Node that claims another version. */
async function versionBy(node: string): Promise<CliResult> {
  const home = await temporaryHome()
  const disguise = join(home, 'disguise.cjs')
  const versions = `{value: {...process.versions, node: '${node}'}}`
  await writeFile(disguise, `Object.defineProperty(process, 'versions', ${versions})`)
  const [program, ...first] = builtCli
  const command = [program, '--require', disguise, ...first] as const
  return runCli(['--version'], {home, command})
}
