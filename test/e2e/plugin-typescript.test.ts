import {expect} from 'chai'
import {execFile} from 'node:child_process'
import {cp, readFile, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {expectExit, jsonOf} from '../support/answers.js'
import {projectRoot} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'
import {temporaryHome} from '../support/temporary-home.js'

const run = promisify(execFile)
const TSC = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
const TEMPLATE = join(projectRoot, 'examples', 'plugin-catalog')

/** The surrounding code for a docs block that is a part of a command, or of a test. */
const AROUND = `import type {Session} from '@mogplex/plugin-kit'
export async function example(session: Session, id: string, signal: AbortSignal): Promise<void> {
BLOCK
}
`

async function tsc(cwd: string, ...args: string[]): Promise<string> {
  const options = {cwd, maxBuffer: 1e7}
  return run(process.execPath, [TSC, ...args], options).then(
    ({stdout}) => stdout,
    (error: unknown) => (error as {stdout: string}).stdout,
  )
}

/** A folder in which the packages of this project can be imported. */
async function folderWithModules(): Promise<string> {
  const folder = await temporaryHome()
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

describe('a plugin in TypeScript', function () {
  this.timeout(120_000)
  const stage = setStage()

  for (const file of ['docs/plugins.md', 'packages/plugin-kit/README.md']) {
    it(`has examples in ${file} that compile under strict settings`, async () => {
      const text = await readFile(join(projectRoot, file), 'utf8')
      const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block)
      expect(blocks).not.to.deep.equal([])
      expect(text).not.to.match(/^```js$/m)
      const folder = await folderWithModules()
      for (const [index, block] of blocks.entries()) {
        const whole = block.startsWith('import') ? block : AROUND.replace('BLOCK', () => block)
        await writeFile(join(folder, `block-${index}.ts`), whole)
      }
      const settings = JSON.parse(await readFile(join(TEMPLATE, 'tsconfig.json'), 'utf8')) as {
        compilerOptions: object
      }
      const compilerOptions = {...settings.compilerOptions, rootDir: '.', noEmit: true}
      await writeFile(join(folder, 'package.json'), '{"type": "module"}')
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({compilerOptions, include: ['block-*.ts']}),
      )
      expect(await tsc(folder)).to.equal('')
    })
  }

  it('is compiled, tested, linked and run like the template, without a warning', async () => {
    const folder = join(await folderWithModules(), 'plugin-catalog')
    const isSource = (path: string): boolean => !/[\\/](?:dist|node_modules)$/.test(path)
    await cp(TEMPLATE, folder, {recursive: true, filter: isSource})
    expect(await tsc(folder)).to.equal('')
    await run(process.execPath, ['--test', 'dist/test/catalog.test.js'], {cwd: folder})
    await stage.putLogin()
    expectExit(await stage.run(['plugins', 'link', '--no-install', folder]), 0)
    const text = await stage.run(['catalog'])
    expectExit(text, 0)
    expect(text.stderr).to.equal('')
    expect(text.stdout).to.match(/^model +name\n\S+/)
    const {stderr} = await stage.run(['catalog', '--bogus', '--json'])
    expect(stderr).to.equal('')
    expect(jsonOf(await stage.run(['catalog', '--json']))).to.be.an('array')
  })
})
