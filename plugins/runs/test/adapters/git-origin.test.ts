import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {mkdir, mkdtemp, readdir, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {originOf} from '../../src/adapters/git-origin.js'

const CONFIG = '[remote "origin"]\n\turl = https://github.com/ada/engine.git\n'

describe('originOf', () => {
  let root = ''
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'origin-'))
  })
  afterEach(async () => rm(root, {recursive: true}))

  async function put(path: string, text: string): Promise<void> {
    await mkdir(join(root, path, '..'), {recursive: true})
    await writeFile(join(root, path), text)
  }

  it('is that of the checkout around the folder, and of none outside', async () => {
    await put('.git/config', CONFIG)
    await mkdir(join(root, 'src/deep'), {recursive: true})
    expect(originOf(join(root, 'src/deep'))).to.equal('ada/engine')
    await put('src/.git/config', '[core]\n')
    expect(originOf(join(root, 'src/deep'))).to.equal(undefined)
  })

  it('is that of a worktree and of a submodule, whose .git is a file', async () => {
    await put('main/.git/config', CONFIG)
    await put('main/.git/worktrees/side/commondir', '../..\n')
    await put('side/.git', `gitdir: ${join(root, 'main/.git/worktrees/side')}\n`)
    expect(originOf(join(root, 'side'))).to.equal('ada/engine')
    await put('main/.git/modules/part/config', CONFIG.replace('engine', 'part'))
    await put('main/part/.git', 'gitdir: ../.git/modules/part\n')
    expect(originOf(join(root, 'main/part'))).to.equal('ada/part')
  })

  it('does not block on a pipe, follows no cycle, and reads nothing that is large', async () => {
    await mkdir(join(root, '.git'))
    execFileSync('mkfifo', [join(root, '.git/config')])
    expect(originOf(root)).to.equal(undefined)
    await rm(join(root, '.git/config'))
    await put('.git/config', `${CONFIG}#${'x'.repeat(2 ** 20)}`)
    expect(originOf(root)).to.equal(undefined)
    await rm(join(root, '.git'), {recursive: true})
    await symlink('.git', join(root, '.git'))
    expect(originOf(root)).to.equal(undefined)
    await rm(join(root, '.git'))
    await put('.git', 'gitdir: /nowhere\u0000/x')
    expect(originOf(root)).to.equal(undefined)
  })

  it('runs nothing that the configuration names', async () => {
    const told = join(root, 'ran')
    const evil = `[core]\n\tfsmonitor = touch ${told}\n\tsshCommand = touch ${told}\n[include]\n\tpath = ${told}\n`
    await put('.git/config', `${evil}${CONFIG}`)
    expect(originOf(root)).to.equal('ada/engine')
    expect(await readdir(root)).to.deep.equal(['.git'])
  })
})
