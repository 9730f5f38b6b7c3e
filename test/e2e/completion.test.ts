import {expect} from 'chai'
import {execFile, spawnSync} from 'node:child_process'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {promisify} from 'node:util'
import {type CompletionShell, SHELLS} from '../../src/host/completion/scripts.js'
import {PROVIDERS} from '../../src/domain/credential/provider-table.js'
import {expectExit, jsonOf} from '../support/answers.js'
import {builtCli, cliEnvironment, projectRoot, shellWords} from '../support/cli-environment.js'
import {putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'
import {listFiles} from '../support/temporary-home.js'

const run = promisify(execFile)

/** Texts that a shell or a terminal would act on, and that are in our files all the same. */
const HOSTILE = [
  'evil$(touch pwned)',
  'evil`touch pwned`',
  'evil;touch pwned',
  "evil'$(touch pwned)'",
  'evil\u001B[31m',
  'evil\ttab',
  'evil\nline',
  '~evil',
]

/** How a shell requests candidates, as at Tab; the words are in $1 and so on. */
const DRIVERS: Readonly<Record<CompletionShell, readonly string[]>> = {
  bash: [
    'bash',
    '--norc',
    '--noprofile',
    '-c',
    `. "$SCRIPT"
     set -f; IFS=' '
     COMP_LINE=$1 COMP_POINT=\${#1}
     broken=\${1//=/ = }; broken=\${broken//:/ : }
     COMP_WORDS=($broken)
     case $1 in *' ') COMP_WORDS+=('');; esac
     COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
     _mogplex
     cut=\${1%"\${1##*[ =:]}"}; cut=\${cut##* }
     for each in "\${COMPREPLY[@]}"; do printf '%s\\n' "$cut$each"; done`,
    'bash',
  ],
  zsh: [
    'zsh',
    '-f',
    '-c',
    `compdef() { : }
     . $SCRIPT
     compadd() { print -rl -- "\${(@)values}" }
     _files() { print :files }
     words=("\${(@s: :)1}"); CURRENT=$#words PREFIX=$words[-1]
     _mogplex || true`,
    'zsh',
  ],
  fish: [
    'fish',
    '--no-config',
    '-c',
    `source $SCRIPT
     complete -C $argv[1] | string replace -r '\\t.*' ''
     true`,
  ],
}

describe('completion', function () {
  this.timeout(60_000)
  const stage = setStage({runPace: 0.01})

  for (const shell of SHELLS) {
    const isThere = spawnSync(shell, ['--version']).status === 0
    const suite = isThere ? describe : describe.skip
    suite(`in ${shell}${isThere ? '' : ` (skipped: there is no ${shell} here)`}`, () => {
      it('completes commands, aliases and topics', async () => {
        expect(await offers('mogplex lo')).to.deep.equal(['login', 'logout', 'logs'])
        expect(await offers('mogplex logs ')).to.deep.equal(['show', 'verify'])
        expect(await offers('mogplex auth log')).to.deep.equal(['login', 'logout'])
        expect(await offers('mogplex --json --no-color who')).to.deep.equal(['whoami'])
        expect(await offers('mogplex help exit')).to.deep.equal(['exit-codes'])
        expect(await offers('mogplex ')).not.to.include.members(['app'])
      })

      it('completes flags that were not given yet, and their values', async () => {
        expect(await offers('mogplex login --prov')).to.deep.equal(['--provider'])
        expect(await offers('mogplex login --no-browser --no-b')).to.deep.equal([])
        expect(await offers('mogplex login --provider open')).to.deep.equal(['openai'])
        const payers = PROVIDERS.map(({id}) => `payer=${id}`)
        const levels = ['account', 'model', 'write', ...payers]
        expect(await offers('mogplex whoami --require ')).to.have.members(levels)
        expect(await offers('mogplex whoami --require=')).to.have.members(
          levels.map((level) => `--require=${level}`),
        )
        expect(await offers('mogplex --att')).to.deep.equal(['--attach'])
        expect(await offers('mogplex completion f')).to.deep.equal(['fish'])
      })

      it('completes models and runs, without network, and nothing that a shell would execute', async () => {
        const {models, run, restore} = await prepare()
        const asked: string[] = []
        stage.intercept(async ({url}) => {
          asked.push(url)
          return Promise.resolve('drop')
        })
        expect(await offers('mogplex --model ')).to.have.members(models)
        expect(await offers('mogplex attach ')).to.deep.equal([run])
        expect(await offers(`mogplex --attach ${run.slice(0, 4)}`)).to.deep.equal([run])
        expect(await offers('mogplex models evil')).to.deep.equal([])
        expect(asked).to.deep.equal([])
        await restore()
        const files = await listFiles(stage.home)
        expect(files.filter((path) => path.includes('pwned'))).to.deep.equal([])
      })

      it('completes the names of profiles, before and after a command', async () => {
        for (const name of ['work', 'home', 'No.name']) {
          await mkdir(join(stage.home, '.mogplex', 'profiles', name), {recursive: true})
        }
        expect(await offers('mogplex whoami --profile w')).to.deep.equal(['work'])
        expect(await offers('mogplex --profile ')).to.deep.equal(['default', 'home', 'work'])
        expect(await offers('mogplex --profile work who')).to.deep.equal(['whoami'])
        expect(await offers('mogplex --profile work whoami --ver')).to.deep.equal(['--verify'])
      })

      it("completes plugins' commands without running them", async () => {
        const flags = {loud: {name: 'loud', type: 'boolean'}}
        await putPlugins(stage, {
          theirs: {
            'package.json': {oclif: {commands: './none'}},
            'oclif.manifest.json': {
              version: '1.0.0',
              commands: {
                greet: {id: 'greet', aliases: ['greet:all'], args: {}, flags, summary: 'Greet.'},
                'greet$(>pwned)': {
                  id: 'greet$(>pwned)',
                  aliases: [],
                  args: {},
                  flags: {},
                },
              },
            },
          },
        })
        expect(await offers('mogplex gr')).to.deep.equal(['greet'])
        expect(await offers('mogplex greet --lo')).to.deep.equal(['--loud'])
        expect(await offers('mogplex plugins uninstall ')).to.deep.equal(['theirs'])
      })

      it('leaves files to the shell', async () => {
        await mkdir(join(stage.home, 'somewhere'))
        const offered = await offers('mogplex plugins link some')
        expect(offered).to.deep.equal(
          shell === 'fish' ? ['somewhere/'] : shell === 'zsh' ? [':files'] : [],
        )
      })

      async function offers(line: string): Promise<string[]> {
        const script = join(stage.home, 'script')
        await writeFile(script, await readFile(join(projectRoot, 'completion', `mogplex.${shell}`)))
        const bin = await binFolder()
        const [program = '', ...args] = DRIVERS[shell]
        const env = cliEnvironment(stage.home, {
          ...stage.env,
          SCRIPT: script,
          PATH: [bin, process.env.PATH ?? ''].join(delimiter),
        })
        const {stdout, stderr} = await run(program, [...args, line], {cwd: stage.home, env})
        expect(stderr).to.equal('')
        expect(stdout).not.to.match(/[^\x20-\x7E\n]/)
        for (const secret of stage.cloud.secrets()) expect(stdout).not.to.include(secret)
        return stdout.split('\n').filter((each) => each !== '')
      }
    })
  }

  it('prints the script, and at a terminal only how to install it', async () => {
    for (const shell of SHELLS) {
      const script = await readFile(join(projectRoot, 'completion', `mogplex.${shell}`), 'utf8')
      const result = await stage.run(['completion', shell])
      expectExit(result, 0)
      expect(result).to.include({stdout: script, stderr: ''})
      const terminal = stage.terminal(['completion', shell])
      await terminal.see(`mogplex completion ${shell} > ~/`)
      expect((await terminal.exit).code).to.equal(0)
    }
    expect(jsonOf(await stage.run(['completion', 'zsh', '--json']))).to.include({shell: 'zsh'})
    expectExit(await stage.run(['completion', 'tcsh']), 2)
  })

  it('offers nothing, silently, where its files are broken', async () => {
    await stage.putAuthFile('{"mogplex": broken')
    for (const words of [['attach', ''], ['--model', ''], ['nonsense', ''], []]) {
      const result = await stage.run(['__complete', '--', ...words])
      expectExit(result, 0)
      expect(result.stderr).to.equal('')
      if (words.length > 0) expect(result.stdout).to.equal('')
    }
  })

  /** A folder for PATH in which a shell finds `mogplex`. */
  async function binFolder(): Promise<string> {
    const folder = join(stage.home, 'bin')
    await mkdir(folder, {recursive: true})
    const command = join(folder, 'mogplex')
    await writeFile(command, `#!/bin/sh\nexec ${shellWords(builtCli)} "$@"\n`)
    await chmod(command, 0o755)
    return folder
  }

  /** A login, its models and a run; in the same files, texts that must not be offered. */
  async function prepare(): Promise<{models: string[]; run: string; restore: () => Promise<void>}> {
    await stage.signIn()
    const run = stage.cloud.startRun('ada@example.test')
    expectExit(await stage.run(['attach', run]), 0)
    const {accessToken} = await stage.storedLogin()
    const odd = [...HOSTILE, accessToken]
    const models = await addTo('hosted/models.json', 'models', odd)
    const runs = await addTo('attached-runs.json', 'runs', odd)
    return {
      models: models.ids,
      run,
      async restore() {
        for (const {path, text} of [models, runs]) await writeFile(path, text)
      },
    }
  }

  /** Adds copies of the first entry of a list, with other ids. */
  async function addTo(
    file: string,
    list: string,
    ids: readonly string[],
  ): Promise<{path: string; text: string; ids: string[]}> {
    const path = join(stage.home, '.mogplex', file)
    const text = await readFile(path, 'utf8')
    const content = JSON.parse(text) as Record<string, {id: string}[]>
    const entries = content[list] ?? []
    expect(entries).not.to.have.length(0)
    const odd = ids.map((id) => ({...entries[0], id}))
    await writeFile(path, JSON.stringify({...content, [list]: [...entries, ...odd]}))
    return {path, text, ids: entries.map(({id}) => id)}
  }
})
