import {expect} from 'chai'
import {npmOutputLevel, runNpm} from '../../../../../src/host/plugins/installing/npm.js'
import {temporaryHome} from '../../../../support/temporary-home.js'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

describe('npmOutputLevel', () => {
  it('is set by the flags, otherwise by the variable, otherwise warnings', () => {
    expect(npmOutputLevel({}, {})).to.equal('warnings')
    expect(npmOutputLevel({silent: true}, {})).to.equal('none')
    expect(npmOutputLevel({verbose: true}, {MOGPLEX_NPM_LOG_LEVEL: 'silent'})).to.equal('all')
    expect(npmOutputLevel({}, {MOGPLEX_NPM_LOG_LEVEL: 'silent'})).to.equal('none')
    expect(npmOutputLevel({}, {MOGPLEX_NPM_LOG_LEVEL: 'silly'})).to.equal('all')
  })
})

describe('runNpm', () => {
  async function run(program: string, outputLevel: 'all' | 'none' | 'warnings'): Promise<string[]> {
    const folder = await temporaryHome()
    const file = join(folder, 'npm.js')
    await writeFile(file, program)
    const said: string[] = []
    const say = (line: string) => void said.push(line)
    await runNpm({program: file, args: [], cwd: folder, env: {}, what: 'do it', outputLevel, say})
    return said
  }

  it("shows the requested level of npm's output", async () => {
    const program = 'console.log("added 1"); console.error("npm warn old\\nnpm info more")'
    expect(await run(program, 'none')).to.deep.equal([])
    expect(await run(program, 'warnings')).to.deep.equal(['npm warn old'])
    expect(await run(program, 'all')).to.include.members(['added 1', 'npm info more'])
  })

  it('throws the error for its failure', async () => {
    const program = 'console.error("npm error code ENOTFOUND"); process.exitCode = 1'
    const error: unknown = await run(program, 'none').catch((thrown: unknown) => thrown)
    expect(error).to.include({code: 'UNREACHABLE', exitCode: 69})
  })
})
