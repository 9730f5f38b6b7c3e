import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'
import {runCli} from './run-cli.js'
import type {CliResult} from './run-cli.js'
import {temporaryHome} from './temporary-home.js'

const SUITE = `
  describe('a suite', () => {
    it('passes', () => undefined)
    it('passes, too', () => undefined)
    it('fails', () => { throw new Error('on purpose') })
    it('is yet to be written')
    it.skip('is left out', () => undefined)
    after(() => console.log('said after the last test'))
  })
`

async function runMocha(suite: string): Promise<CliResult> {
  const home = await temporaryHome()
  await writeFile(join(home, 'suite.cjs'), suite)
  const mocha = join(projectRoot, 'node_modules', 'mocha', 'bin', 'mocha.js')
  const reporter = join(projectRoot, 'test', 'support', 'reporter.cjs')
  return runCli(['--no-config', '--reporter', reporter, 'suite.cjs'], {
    home,
    command: [process.execPath, mocha],
    env: {FORCE_COLOR: '1'},
  })
}

describe('reporter', () => {
  it('ends with one plain line that counts what passed, failed and was skipped', async () => {
    const {code, stdout, stderr} = await runMocha(SUITE)
    expect(stdout.trimEnd().split('\n').at(-1)).to.equal('2 passed, 1 failed, 2 skipped')
    expect(stdout.match(/\d+ passed/g)).to.have.length(1)
    expect(stdout).to.contain('said after the last test').and.to.contain('on purpose')
    expect(code).to.equal(1)
    expect(stderr).to.equal('')
  })

  it('counts a run without a single test, too', async () => {
    const {code, stdout} = await runMocha('')
    expect(stdout.trimEnd().split('\n').at(-1)).to.equal('0 passed, 0 failed, 0 skipped')
    expect(code).to.equal(0)
  })
})
