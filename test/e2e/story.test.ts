import {expect} from 'chai'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRoot} from '../support/cli-environment.js'
import {ownFolders} from '../support/home-variables.js'
import {runCli} from '../support/run-cli.js'
import {listFiles, temporaryHome} from '../support/temporary-home.js'
import {openTerminal} from '../support/terminal.js'

describe('npm start', () => {
  it("plays the whole story without a person, and leaves the user's home untouched", async () => {
    const home = await temporaryHome()
    const env = ownFolders(home)
    const auth = join(env.MOGPLEX_HOME, 'auth.json')
    await mkdir(env.MOGPLEX_HOME)
    await writeFile(auth, '{"theirs": true}\n')
    const {code, stdout, stderr} = await runCli(['--yes'], {
      home,
      env,
      cwd: projectRoot,
      command: [process.execPath, '--import', 'tsx', join('scripts', 'story.ts')],
      timeoutMs: 60_000,
    })
    expect(code, stdout + stderr).to.equal(0)
    expect(stderr).to.match(/^Error: /m)
    for (const text of [
      '127.0.0.1:',
      'ada@example.test (Ada Lovelace)',
      'canned by the local cloud',
      'OPENAI_API_KEY',
      'Signed out',
      'export MOGPLEX_URL=http://127.0.0.1:24800 MOGPLEX_DEV=1',
    ]) {
      expect(stdout).to.include(text)
    }
    expect(await listFiles(home)).to.deep.equal(['.mogplex/auth.json'])
    expect(await readFile(auth, 'utf8')).to.equal('{"theirs": true}\n')
  }).timeout(70_000)

  it('ends in the app at a terminal, signed in', async () => {
    const terminal = openTerminal([], {
      home: await temporaryHome(),
      cwd: projectRoot,
      columns: 100,
      rows: 40,
      command: [process.execPath, '--import', 'tsx', join('scripts', 'story.ts')],
    })
    await terminal.see('ada@example.test · mogplex: default model · your login pays', 60_000)
    terminal.type('Are you there?\r')
    await terminal.see(/“Are you there\?”[^]+ tokens in, \d+ out/, 30_000)
    terminal.type('/quit\r')
    await terminal.see('export MOGPLEX_URL=http://127.0.0.1:24800 MOGPLEX_DEV=1', 30_000)
    expect((await terminal.exit).code).to.equal(0)
  }).timeout(150_000)
})
