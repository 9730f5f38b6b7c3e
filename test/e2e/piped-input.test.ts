import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRoot} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'

interface Manifest {
  readonly commands: Readonly<Record<string, {readonly args: object; readonly hidden?: boolean}>>
}

describe('piped input', function () {
  this.timeout(120_000)
  const stage = setStage()

  it('is never treated as a missing argument', async () => {
    await stage.putLogin()
    await stage.run(['models', '--refresh'])
    for (const id of await commandsWithArgs()) {
      const args = id.split(':')
      // run it once, so that it has nothing left to change
      if (id.startsWith('skills:')) await stage.run(args, {stdin: ''})
      const [{stdout, stderr, code}, piped] = await Promise.all([
        stage.run(args, {stdin: ''}),
        stage.run(args, {stdin: 'zsh\n'}),
      ])
      const {stdout: out, stderr: err, code: exit} = piped
      expect({stdout: out, stderr: err, code: exit}, id).to.deep.equal({stdout, stderr, code})
    }
  })
})

async function commandsWithArgs(): Promise<string[]> {
  const folders = ['', 'plugins/runs', 'plugins/skills']
  const found = await Promise.all(
    folders.map(async (folder) => {
      const text = await readFile(join(projectRoot, folder, 'oclif.manifest.json'), 'utf8')
      const {commands} = JSON.parse(text) as Manifest
      return Object.keys(commands).filter((id) => Object.keys(commands[id]?.args ?? {}).length > 0)
    }),
  )
  return found.flat()
}
