import {expect} from 'chai'
import {readFileSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {corePluginsIn} from '../../scripts/bundle/core-plugins.js'
import {HELP_PAGES} from '../../src/app/help/help-pages.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
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
        for (const example of examples) {
          expect(example).to.match(/(^|\| )<%= config\.bin %> /)
          const row = `  $ ${example.replace('<%= config.bin %>', 'mogplex')}`
          expect(row, 'it fits into 80 columns').to.have.property('length').that.is.at.most(80)
        }
        expect(description).to.match(/EXIT CODES\n +0 /)
        const codes = description.split('EXIT CODES\n')[1]?.split('\n') ?? []
        const indents = codes.map((line) => /^ {2}\d+ {2,}(?=\S)/.exec(line)?.[0].length)
        expect(new Set(indents), 'the texts of the codes line up').to.have.property('size', 1)
      })
    }

    // A command, one that is also a topic, and one below it.
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
    // These change what the others read, so they run last, one after the other.
    const changing = examples.filter(
      ({line, isPipe}) => isPipe || /^(logout|profiles|skills)\b/.test(line),
    )
    // These need a plugin, or a registry: see plugin-commands.test.ts.
    const others = examples.filter(
      (example) => !changing.includes(example) && !/^plugins \w/.test(example.line),
    )

    it('shows only valid examples', async () => {
      expect(examples.length).to.be.at.least(ours.length)
      const key = stage.secret('sk-proj-of-an-example')
      const check = async ({line, isPipe}: (typeof examples)[number]): Promise<void> => {
        const isLogin = line.startsWith('login')
        const args = [
          ...wordsOf(line.replace(/\$RUN|[0-9a-f-]{36}/, run)),
          ...(isLogin ? ['--timeout', '1'] : []),
        ]
        const env = preload('quick-pauses.cjs')
        const result = await stage.run(args, {env, ...(isPipe && {stdin: `${key}\n`})})
        // 1 is a valid result of the doctor: here nothing pays for prompts.
        const isDoctor = line.startsWith('doctor')
        const refused = isDoctor ? [2] : [1, 2]
        expect(result.code, `${line}\n${result.stdout}${result.stderr}`).not.to.be.oneOf(refused)
        if (isPipe || !(isLogin || isDoctor)) expectExit(result, 0)
      }
      await stage.signIn() // it syncs the lists, too
      const run = stage.cloud.startRun('ada@example.test')
      await Promise.all(others.map(check))
      for (const example of changing) {
        if (/^profiles (pin|remove|use)\b/.test(example.line)) await stage.putProfile('work')
        await check(example)
      }
    }).timeout(60_000)

    it('lists each command once, by purpose, and the flags of bare mogplex', async () => {
      const {stdout} = await stage.run(['--help'])
      expect(stdout.match(/^[A-Z][A-Z ]+$/gm)).to.deep.equal([
        'USAGE',
        'START',
        'ACCOUNT',
        'RUNS',
        'EXTEND',
        'FLAGS',
        'GLOBAL FLAGS',
        'EXAMPLES',
        'MORE',
      ])
      for (const id of new Set(ours.map((command) => command.id.split(':')[0])))
        expect(stdout.match(new RegExp(`^  ${id ?? ''} {2}`, 'gm')), id).to.have.length(1)
      for (const flag of ['--attach RUN', '--logout', '--model MODEL', '-p, --prompt TEXT'])
        expect(stdout).to.include(`\n  ${flag} `)
      for (const line of sectionOf(stdout, 'EXAMPLES')) expect(line).to.match(/^ {2}\$ /)
    })

    it('never names the command behind bare mogplex', async () => {
      const root = await stage.run(['--help'])
      expect(root.stdout).not.to.match(/\bapp\b/)
      for (const args of [
        ['app', '--help'],
        ['help', 'app'],
        ['--attach', 'x', '--help'],
      ])
        expect((await stage.run(args)).stdout).to.equal(root.stdout)
      const trouble = await stage.run(['--attach'])
      expectExit(trouble, 2)
      expect(trouble.stderr)
        .to.include('`mogplex --help`')
        .and.not.to.match(/\bapp\b/)
    })

    for (const {name} of HELP_PAGES) {
      it(`has a page of the docs: mogplex help ${name}`, async () => {
        const result = await stage.run(['help', name])
        expectExit(result, 0)
        const page = await readFile(join(projectRoot, 'docs', `${name}.md`), 'utf8')
        const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, text = '']) => text)
        for (const heading of headings)
          expect(result.stdout).to.include(`\n\n${heading.toUpperCase()}\n\n`)
        const json = jsonOf(await stage.run(['help', name, '--json']))
        expect(json).to.deep.equal({page: name, text: page})
      })
    }

    it('is wrapped between words at 80 and 40 columns, without superfluous lines', async () => {
      const pages = [['--help'], ...ours.map(({id}) => [...id.split(':'), '--help'])]
      for (const columns of [80, 40]) {
        const env = {COLUMNS: `${columns}`}
        for (const page of await Promise.all(pages.map((args) => stage.run(args, {env})))) {
          expect(page.stdout).not.to.match(/\n\n\n|\n\n$|^\n| $/)
          const long = page.stdout
            .split('\n')
            .filter((line) => line.length >= columns && !line.startsWith('  $ '))
          for (const line of long) expect(line).to.match(/^ *\S+$/)
        }
      }
    }).timeout(60_000)

    it('is one line of JSON with --json: of all commands, and of one', async () => {
      const all = jsonOf(await stage.run(['--help', '--json']))
      const commands = all.commands as Record<string, unknown>[]
      expect(commands.map(({command}) => command)).to.have.members(
        ours.map(({id}) => id.replaceAll(':', ' ')),
      )
      const flags = all.flags as {name: string}[]
      expect(flags.map(({name}) => name)).to.include.members(['attach', 'prompt', 'version'])
      const login = jsonOf(await stage.run(['login', '--help', '--json']))
      expect(commands).to.deep.include({...login, group: 'START'})
      expect(login).to.deep.include({command: 'login', aliases: ['auth login']})
      const logs = jsonOf(await stage.run(['--json', 'help', 'logs']))
      expect(logs.commands).to.have.length(2)
    })

    it('for a misspelt topic is a usage error with a suggestion', async () => {
      for (const [typed, meant] of [
        ['help lgoin', 'help login'],
        ['lgoin --help', 'help login'],
        ['help enviroment', 'help environment'],
      ] as const) {
        const error = jsonErrorOf(await stage.run([...typed.split(' '), '--json']))
        expect(error).to.include({code: 'USAGE', exitCode: 2})
        expect(error.remedy).to.include(`\`mogplex ${meant}\``)
      }
    })

    it('for an unknown name reports that it is neither a command nor a page', async () => {
      const error = jsonErrorOf(await stage.run(['help', 'nothing', '--json']))
      expect(error.message).to.equal('mogplex has no command or page "nothing".')
    })

    it('is the same by --help, -h and help', async () => {
      const [first, ...others] = await Promise.all(
        [
          ['login', '--help'],
          ['login', '-h'],
          ['help', 'login'],
        ].map((args) => stage.run(args)),
      )
      for (const {code, stdout} of others)
        expect({code, stdout}).to.deep.include({code: 0, stdout: first?.stdout})
    })

    it('and the version need no credential, no readable file and no valid address', async () => {
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

    it('exits with 0 when its reader has closed the output', async () => {
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

  describe('an invalid command line', () => {
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
      it(`exits with 2, and names the problem: mogplex ${JSON.stringify(args.join(' ')).slice(1, -1)}`, async () => {
        const error = jsonErrorOf(await stage.run([...args, '--json']))
        expect(error).to.include({code: 'USAGE', exitCode: 2})
        expect(error.message).to.include(name)
      })
    }

    it('exits with 2 and a pointer to the help, without control characters', async () => {
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
      it(`is answered with a suggestion: mogplex ${typed}`, async () => {
        const error = jsonErrorOf(await stage.run(['--json', ...typed.split(' ')]))
        expect(error.exitCode).to.equal(2)
        expect(error.remedy).to.include(`\`mogplex ${meant}\``)
      })
    }

    it('exits with 2 in JSON where MOGPLEX_CONTENT_TYPE asks for it', async () => {
      const env = {MOGPLEX_CONTENT_TYPE: 'json'}
      expect(jsonErrorOf(await stage.run(['whoami', '--nonsense'], {env})).exitCode).to.equal(2)
    })
  })
})

/** The lines below a title of a help page. */
function sectionOf(page: string, title: string): string[] {
  const [, body = ''] = new RegExp(`^${title}\n((?:.+\n)+)`, 'm').exec(page) ?? []
  return body.trimEnd().split('\n')
}

/** Split like in a shell: quoted text is one word. */
function wordsOf(line: string): string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
}
