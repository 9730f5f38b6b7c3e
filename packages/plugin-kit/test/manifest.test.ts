import {expect} from 'chai'
import {execFile} from 'node:child_process'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {promisify} from 'node:util'
import {temporaryHome} from '../../../test/support/temporary-home.js'

const BIN = resolve(import.meta.dirname, '..', 'bin', 'manifest.js')

describe('mogplex-plugin-manifest', function () {
  this.timeout(60_000)

  it('writes the manifest to be packed, and deletes it afterwards: a stale one hides new commands', async () => {
    const cwd = await temporaryHome()
    const make = async (...args: string[]) =>
      promisify(execFile)(process.execPath, [BIN, ...args], {cwd})
    await mkdir(join(cwd, 'commands'))
    const pjson = {name: 'hello', version: '1.0.0', oclif: {commands: './commands'}}
    await writeFile(join(cwd, 'package.json'), JSON.stringify(pjson))
    await writeFile(
      join(cwd, 'commands', 'hello.js'),
      "module.exports = class { static auth = 'account'; static run() {} }",
    )
    await make()
    const manifest = await readFile(join(cwd, 'oclif.manifest.json'), 'utf8')
    expect(JSON.parse(manifest)).to.have.nested.property('commands.hello.auth', 'account')
    await make('--remove')
    expect(await readdir(cwd)).to.have.members(['commands', 'package.json'])
    await make('--remove')
  })
})
