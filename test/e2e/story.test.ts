import {expect} from 'chai'
import {join} from 'node:path'
import {projectRoot} from '../support/cli-environment.js'
import {runCli} from '../support/run-cli.js'
import {temporaryHome} from '../support/temporary-home.js'
import {openTerminal} from '../support/terminal.js'

describe('npm start', () => {
  it('tells the whole story without a person, and says how to go on', async () => {
    const {code, stdout, stderr} = await runCli(['--yes'], {
      home: await temporaryHome(),
      cwd: projectRoot,
      command: [process.execPath, '--import', 'tsx', join('scripts', 'story.ts')],
      timeoutMs: 60_000,
    })
    expect(code, stdout + stderr).to.equal(0)
    expect(stderr).to.include('No Mogplex credential was found.')
    for (const text of [
      'Signed in to 127.0.0.1:',
      'ada@example.test (Ada Lovelace), read and write',
      'the hosted service takes API keys for that today',
      'canned by the local cloud',
      'OPENAI_API_KEY pays: it outranks your login.',
      'Signed out of Mogplex: ada@example.test (Ada Lovelace)',
      'export MOGPLEX_URL=http://127.0.0.1:24800 MOGPLEX_DEV=1',
    ]) {
      expect(stdout).to.include(text)
    }
  }).timeout(70_000)

  it('ends in the app at a terminal, with somebody signed in', async () => {
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
