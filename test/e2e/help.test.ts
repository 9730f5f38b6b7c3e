import {expect} from 'chai'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {corePluginsIn} from '../../scripts/bundle/core-plugins.js'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {projectRoot} from '../support/cli-environment.js'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

interface Command {
  id: string
  hidden?: boolean
  summary?: string
  description?: string
  examples?: string[]
}

const ours = ['.', ...corePluginsIn(projectRoot)]
  .flatMap((folder) => {
    const text = readFileSync(join(projectRoot, folder, 'oclif.manifest.json'), 'utf8')
    return Object.values((JSON.parse(text) as {commands: Record<string, Command>}).commands)
  })
  .filter(({hidden}) => hidden !== true)

describe('the command line', () => {
  const stage = setStage({runPace: 0.01})

  describe('help', () => {
    for (const {id, summary = '', description = '', examples = []} of ours) {
      it(`of mogplex ${id.replaceAll(':', ' ')} has a summary, examples and exit codes`, () => {
        expect(summary).to.match(/^[A-Z].*\.$/)
        expect(examples).not.to.have.length(0)
        for (const example of examples) expect(example).to.match(/(^|\| )<%= config\.bin %> /)
        expect(description).to.match(/EXIT CODES\n +0 /)
      })
    }

    // A command, one that is a topic too, and one below it.
    for (const words of [['login'], ['skills'], ['skills', 'install']]) {
      it(`shows them: mogplex ${words.join(' ')} --help`, async () => {
        const command = ours.find(({id}) => id === words.join(':'))
        const result = await stage.run([...words, '--help'])
        expectExit(result, 0)
        expect(result.stderr).to.equal('')
        expect(result.stdout.startsWith(command?.summary ?? '?')).to.equal(true)
        expect(result.stdout).to.match(/\nEXAMPLES\n {2}\$ mogplex /)
        expect(result.stdout).to.match(/EXIT CODES\n +0 /)
      })
    }

    const examples = ours
      .flatMap((command) => command.examples ?? [])
      .map((example) => {
        const [before = '', line = ''] = example.split('<%= config.bin %> ')
        return {line: line.replace(/ --timeout \d+/, ''), isPipe: before.endsWith('| ')}
      })
    // What they change is what the others look at, so they come last, one after the other.
    const changing = examples.filter(({line, isPipe}) => isPipe || /^(logout|skills)\b/.test(line))
    // Those need a plugin, or a registry: plugin-commands.test.ts has them.
    const others = examples.filter(
      (example) => !changing.includes(example) && !/^plugins \w/.test(example.line),
    )

    it('shows only examples that are no usage errors', async () => {
      expect(examples.length).to.be.at.least(ours.length)
      const key = stage.secret('sk-proj-of-an-example')
      const check = async ({line, isPipe}: (typeof examples)[number]): Promise<void> => {
        const isLogin = line.startsWith('login')
        const args = [
          ...line.replace(/\$RUN|[0-9a-f-]{36}/, run).split(' '),
          ...(isLogin ? ['--timeout', '1'] : []),
        ]
        const env = preload('quick-pauses.cjs')
        const result = await stage.run(args, {env, ...(isPipe && {stdin: `${key}\n`})})
        expect(result.code, `${line}\n${result.stdout}${result.stderr}`).not.to.be.oneOf([1, 2])
        if (isPipe || !isLogin) expectExit(result, 0)
      }
      await stage.signIn() // it syncs the lists, too
      const run = stage.cloud.startRun('ada@example.test')
      await Promise.all(others.map(check))
      for (const example of changing) await check(example)
    }).timeout(60_000)

    it('knows bare mogplex, and does not list the hidden command behind it', async () => {
      const {stdout} = await stage.run(['--help'])
      expect(stdout).to.match(/USAGE\n {2}\$ mogplex\n {2}\$ mogplex COMMAND\n/)
      expect(stdout).not.to.match(/^ {2}app\b/m)
      for (const {id} of ours)
        expect(stdout).to.match(new RegExp(`^  ${id.split(':')[0] ?? ''}\\b`, 'm'))
    })

    it('is the same by --help, -h and help', async () => {
      const [first, ...others] = await Promise.all(
        [
          ['login', '--help'],
          ['login', '-h'],
        ].map((args) => stage.run(args)),
      )
      for (const {code, stdout} of others)
        expect({code, stdout}).to.deep.include({code: 0, stdout: first?.stdout})
    })

    it('and the version need no credential, no readable file and no sensible address', async () => {
      await stage.putAuthFile('{"mogplex": broken')
      const env = {
        MOGPLEX_URL: 'ftp://nonsense',
        MOGPLEX_CALLBACK_PORTS: 'none',
        MOGPLEX_API_KEY: 'a b',
      }
      const all = [['--help'], ['-h'], ['--version'], ['-v'], ['help', 'login'], ['login', '-h']]
      const results = await Promise.all(all.map((args) => stage.run(args, {env})))
      results.forEach((result, index) => {
        expectExit(result, 0)
        expect(result.stderr, all[index]?.join(' ')).to.equal('')
      })
      const versions = results.filter((_, index) => all[index]?.[0]?.includes('-v'))
      expect(versions).to.have.length(2)
      for (const {stdout} of versions) expect(stdout).to.match(/^@mogplex\/cli\/\d+\.\d+\.\d+ /)
    })

    it('ends well when its reader has left', async () => {
      const script = `{ "$@"; echo "ended with $?" >&2; } | true`
      for (const [args, code] of [
        [['--help'], 0],
        [['--version'], 0],
        [['nonsense', '--json'], 2],
      ] as const) {
        const {stderr} = await stage.run([...args], {
          command: [
            '/bin/sh',
            '-c',
            script,
            'sh',
            process.execPath,
            join(projectRoot, 'bin/run.js'),
          ],
        })
        expect(stderr).to.equal(`ended with ${code}\n`)
      }
    })
  })

  describe('a command line that makes no sense', () => {
    const wrong: readonly (readonly [args: readonly string[], names: string])[] = [
      [['nonsense'], 'nonsense'],
      [['login', 'nonsense'], 'nonsense'],
      [['whoami', '--nonsense'], '--nonsense'],
      [['--nonsense'], '--nonsense'],
      [['whoami', 'nonsense'], 'nonsense'],
      [['logout', '--provider'], '--provider'],
      [['login', '--timeout', '1.5'], '1.5'],
      [['\x1b]0;title\x07'], 'title'],
    ]
    for (const [args, name] of wrong) {
      it(`ends with 2, and names it: mogplex ${JSON.stringify(args.join(' ')).slice(1, -1)}`, async () => {
        const error = jsonErrorOf(await stage.run([...args, '--json']))
        expect(error).to.include({code: 'USAGE', exitCode: 2})
        expect(error.message).to.include(name)
      })
    }

    it('ends with 2 and the help that there is for it, without a control character', async () => {
      const texts = [wrong[0], wrong[2], wrong.at(-1)]
      const results = await Promise.all(texts.map((given) => stage.run(given?.[0] ?? [])))
      for (const [index, text] of results.entries()) {
        expectExit(text, 2)
        expect(text.stdout).to.equal('')
        expect(text.stderr)
          .to.include(texts[index]?.[1])
          .and.to.match(/`mogplex [a-z -]*--help`/)
        expect(text.stderr).not.to.match(/[\x00-\x09\x0b-\x1f\x7f]/)
      }
    })

    for (const [typed, meant] of [
      ['lgoin', 'login'],
      ['logs shwo', 'logs show'],
      ['modles', 'models'],
    ] as const) {
      it(`is answered with what was probably meant: mogplex ${typed}`, async () => {
        const error = jsonErrorOf(await stage.run(['--json', ...typed.split(' ')]))
        expect(error.exitCode).to.equal(2)
        expect(error.remedy).to.include(`\`mogplex ${meant}\``)
      })
    }

    it('ends with 2 in JSON where MOGPLEX_CONTENT_TYPE asks for it', async () => {
      const env = {MOGPLEX_CONTENT_TYPE: 'json'}
      expect(jsonErrorOf(await stage.run(['whoami', '--nonsense'], {env})).exitCode).to.equal(2)
    })
  })
})
