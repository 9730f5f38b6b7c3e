import {expect} from 'chai'
import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {projectRoot} from './support/cli-environment.js'
import {checkImports} from './support/import-rules.js'
import {readSource} from './support/read-source.js'
import {listFiles} from './support/temporary-home.js'

async function sourceFiles(): Promise<string[]> {
  const workspaces = ['packages', 'plugins'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder)).map((name) => `${folder}/${name}/src`),
  )
  const folders = ['src', ...workspaces].filter((folder) => existsSync(join(projectRoot, folder)))
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await listFiles(join(projectRoot, folder))).map((file) => `${folder}/${file}`),
    ),
  )
  return files.flat().filter((file) => /\.[cm]?[jt]sx?$/.test(file))
}

describe('the architecture', () => {
  it('has imports that go down, never up, never in a circle', async () => {
    const files = await sourceFiles()
    expect(files).to.include('src/compose.ts').and.to.include('packages/plugin-kit/src/index.ts')
    const violations = checkImports(files.map((file) => readSource(projectRoot, file)))
    const lines = violations.map(({file, import: what, rule}) => `${file} imports ${what}: ${rule}`)
    expect(lines.join('\n')).to.equal('')
  })
})
