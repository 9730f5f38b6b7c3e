import {Errors} from '@oclif/core'
import {expect} from 'chai'
import type {CliConfig, LoadMode} from '../../../src/host/cli-config.js'
import {NotLoggedInError} from '../../../src/domain/errors/authentication.js'
import {launch} from '../../../src/host/launcher.js'
import {FakeProcess} from '../../support/fake-process.js'
import {temporaryHome} from '../../support/temporary-home.js'

const TOKEN = 'hGyTvQkPzWmXcRbNsLdFjKaEuYtIoQpZ'

describe('launch', () => {
  let fake: FakeProcess
  let closed: number
  let ran: string[][]
  let config: CliConfig

  beforeEach(async () => {
    fake = new FakeProcess()
    closed = 0
    ran = []
    const home = await temporaryHome()
    process.env.HOME = home // restored after the test
    fake.env = {HOME: home}
    config = {
      pjson: {name: 'under test'},
      plugins: new Map(),
      version: '0.0.0',
      findCommand: (id: string) => (['plugins:install', 'a:b:c'].includes(id) ? {} : undefined),
      runHook: async () => Promise.resolve(),
      close: async () => Promise.resolve((closed += 1)),
    } as unknown as CliConfig
  })

  async function start(
    argv: readonly string[],
    work: () => unknown = () => undefined,
    changes: Partial<Parameters<typeof launch>[2]> = {},
  ): Promise<void> {
    await launch(argv, '/root', {
      process: fake.asProcess,
      load: async () => Promise.resolve(config),
      async run(words) {
        ran.push(words)
        await work()
      },
      flush: async () => Promise.resolve(),
      ...changes,
    })
  }

  /** Resolves when the process is ended. */
  async function ending(): Promise<unknown> {
    return new Promise((resolve) => {
      const {exit} = fake
      fake.exit = (code) => {
        exit(code)
        resolve(undefined)
      }
    })
  }

  /** Reports an uncaught error completely. */
  async function crash(...errors: unknown[]): Promise<void> {
    const ended = ending()
    await start([])
    for (const error of errors) fake.emit('uncaughtException', error)
    await ended
  }

  const failing = (error: unknown) => async () => {
    await Promise.resolve()
    throw error
  }

  const jsonOf = (text: string): {error: Record<string, unknown>} => {
    expect(text).to.match(/^\{.*\}\n$/)
    return JSON.parse(text) as {error: Record<string, unknown>}
  }

  it('runs the command, and the app without one', async () => {
    await start(['whoami', '--json'])
    await start([])
    await start(['--help'])
    expect(ran).to.deep.equal([['whoami', '--json'], ['app'], ['--help']])
    expect([fake.exitCode, closed, fake.stderr.text]).to.deep.equal([undefined, 3, ''])
  })

  it('accepts global flags before the command, too', async () => {
    await start(['--json', '--no-input', 'plugins', 'install', 'x'])
    await start(['--no-color', '--help'])
    expect(ran).to.deep.equal([
      ['plugins', 'install', 'x', '--json', '--no-input'],
      ['--help', '--no-color'],
    ])
  })

  it('prints its version in JSON, on request', async () => {
    for (const argv of [
      ['--version', '--json'],
      ['--json', '-v'],
    ]) {
      fake.stdout.text = ''
      await start(argv)
      expect(fake.stdout.text).to.match(/^\{.*\}\n$/)
      const answer = JSON.parse(fake.stdout.text) as object
      expect(answer).to.include({version: '0.0.0', node: process.versions.node})
    }
    expect(ran).to.deep.equal([])
  })

  it('closes when everything is written, and not before', async () => {
    const order: unknown[] = []
    Object.defineProperty(fake.stdout, 'writableLength', {value: 1})
    await start(['--help'], undefined, {
      async flush() {
        await Promise.resolve()
        order.push(['written', closed])
      },
    })
    expect([order, closed]).to.deep.equal([[['written', 0]], 1])
  })

  it('passes on how to load: for JSON or not, with user plugins or without', async () => {
    const told: unknown[] = []
    const load = async (...args: unknown[]) => {
      told.push(args)
      return Promise.resolve(config)
    }
    await start(['whoami', '--json'], undefined, {load})
    await start(['whoami'], undefined, {load})
    fake.env.MOGPLEX_CONTENT_TYPE = 'json'
    await start(['plugins', 'uninstall', 'x'], undefined, {load})
    await start(['whoami', '--help'], undefined, {load})
    const quiet = {showsWarnings: false}
    expect(told).to.deep.equal([
      ['/root', {json: true, userPlugins: true, quick: true, ...quiet}],
      ['/root', {json: false, userPlugins: true, quick: true, ...quiet}],
      ['/root', {json: true, userPlugins: false, quick: false, ...quiet}],
      ['/root', {json: true, userPlugins: true, quick: false, ...quiet}],
    ])
  })

  for (const env of [{DEBUG: '*'}, {NODE_OPTIONS: '--no-warnings --trace-deprecation'}]) {
    it(`lets Node show warnings of plugins with ${Object.keys(env).join('')}`, async () => {
      Object.assign(fake.env, env)
      const modes: LoadMode[] = []
      await start(['whoami'], undefined, {
        load: async (_root, mode) => {
          modes.push(mode)
          return Promise.resolve(config)
        },
      })
      expect(modes.map(({showsWarnings}) => showsWarnings)).to.deep.equal([true])
    })
  }

  const cases: [what: string, error: unknown, code: string, message: string, exitCode: number][] = [
    [
      'an error of ours',
      new NotLoggedInError(),
      'NOT_LOGGED_IN',
      'No Mogplex credential was found.',
      64,
    ],
    ['a plain error', new Error('No.'), 'UNEXPECTED', 'No.', 1],
    [
      'an error with `oclif.exit` only',
      new Errors.CLIError('No.', {exit: 7}),
      'UNEXPECTED',
      'No.',
      7,
    ],
    [
      'an error with `exitCode` only',
      Object.assign(new Error('No.'), {exitCode: 7}),
      'UNEXPECTED',
      'No.',
      1,
    ],
    ['a usage error', new Errors.CLIError('Bad flag.', {exit: 2}), 'USAGE', 'Bad flag.', 2],
    ['a text', 'No.', 'UNEXPECTED', 'No.', 1],
    ['nothing', undefined, 'UNEXPECTED', 'undefined', 1],
    ['an error without a message', new Error(''), 'UNEXPECTED', 'Error', 1],
    ['errors together', new AggregateError([new Error('One.')]), 'UNEXPECTED', 'One.', 1],
    [
      'a message that is not a text',
      Object.assign(new Error(''), {message: 42}),
      'UNEXPECTED',
      '42',
      1,
    ],
    [
      'an invalid exit code',
      Object.assign(new Error('No.'), {oclif: {exit: 256}}),
      'UNEXPECTED',
      'No.',
      1,
    ],
    [
      'a secret',
      new Error(`It got access_token=${TOKEN} there`),
      'UNEXPECTED',
      'It got access_token=[redacted] there',
      1,
    ],
  ]
  for (const [what, error, code, message, exitCode] of cases) {
    it(`reports ${what}, as text and as JSON, and exits with ${exitCode} in both`, async () => {
      await start(['whoami'], failing(error))
      expect(fake.exitCode).to.equal(exitCode)
      expect(fake.stderr.text).to.match(
        /^Error: .*\n\S.*\.\n(?:Details in (?:~|[A-Z]:).*[\\/]\.mogplex[\\/]logs[\\/]\S+\n)?$/,
      )
      expect(fake.stderr.text.split('\n')[0]).to.equal(`Error: ${message}`)
      expect(fake.stdout.text).to.equal('')
      fake = Object.assign(new FakeProcess(), {env: fake.env})
      await start(['whoami', '--json'], failing(error))
      expect(fake.exitCode).to.equal(exitCode)
      expect(jsonOf(fake.stdout.text).error).to.include({code, message, exitCode})
      expect(fake.stderr.text).to.equal('')
      expect(closed).to.equal(2)
    })
  }

  it('names the log of an unexpected error', async () => {
    await start(['whoami'], failing(new Error('No.')))
    expect(fake.stderr.text).to.match(
      /\nDetails in (?:~|[A-Z]:).*[\\/]\.mogplex[\\/]logs[\\/]\S+\.jsonl\n$/,
    )
  })

  for (const [argv, command] of [
    [['whoami', '--x'], 'mogplex whoami'],
    [['plugins', 'install', '--x'], 'mogplex plugins install'],
    [['a', 'b', 'c', 'd'], 'mogplex a b c'],
    [['attach', 'run_1'], 'mogplex attach'],
    [['logs', '../etc'], 'mogplex logs'],
    [['--x'], 'mogplex'],
    [[], 'mogplex'],
  ] as const) {
    it(`points \`mogplex ${argv.join(' ')}\` to the help of \`${command}\``, async () => {
      await start(argv, failing(new Errors.CLIError('No.', {exit: 2})))
      expect(fake.stderr.text).to.equal(`Error: No.\nRun \`${command} --help\`.\n`)
    })
  }

  it('exits silently where an error only carries an exit code', async () => {
    await start(['--version'], failing(new Errors.ExitError(0)))
    expect(fake.exitCode).to.equal(0)
    await start(['x', '--json'], failing(new Errors.ExitError(3)))
    expect([fake.exitCode, fake.stdout.text, fake.stderr.text]).to.deep.equal([3, '', ''])
  })

  it('reports an error that prevents loading the CLI, where there is no log', async () => {
    const load = failing(new Error('package.json is broken.'))
    await start(['whoami'], undefined, {load})
    expect(fake.stderr.text).to.equal(
      'Error: package.json is broken.\nTry again; if the problem persists, report it.\n',
    )
    expect([fake.exitCode, closed, ran]).to.deep.equal([1, 0, []])
  })

  it('uses colour and wraps lines only for a suitable terminal', async () => {
    Object.assign(fake.stderr, {isTTY: true, columns: 30})
    await start(['whoami'], failing(new NotLoggedInError()))
    expect(fake.stderr.text).to.match(/^\u001B\[31mError:\u001B\[39m No Mogplex credential\n/)
    fake.stderr.text = ''
    await start(['whoami', '--no-color'], failing(new NotLoggedInError()))
    expect(fake.stderr.text).to.match(/^Error: No Mogplex credential\n/)
  })

  describe('an uncaught error', () => {
    it('is reported, and ends the process with 1', async () => {
      await crash(new Error('No.'))
      expect(fake.stderr.text).to.match(/^Error: No\.\n/)
      expect(fake.exits).to.deep.equal([1])
    })

    it('ends the process with the exit code that it carries', async () => {
      await crash(new NotLoggedInError())
      expect(fake.exits).to.deep.equal([64])
    })

    it('is reported once: later ones are caused by the first', async () => {
      await crash(new Error('first'), new Error('second'))
      expect(fake.stderr.text)
        .to.match(/^Error: first\n/)
        .and.not.to.include('second')
      expect(fake.exits).to.deep.equal([1])
    })

    it('is reported once with --json, whatever the command throws then', async () => {
      const ended = ending()
      const work = async () => {
        fake.emit('uncaughtException', new Error('first'))
        await Promise.resolve()
        throw new Error('second')
      }
      await start(['whoami', '--json'], work)
      await ended
      expect(jsonOf(fake.stdout.text).error.message).to.equal('first')
    })

    it('is reported on stderr when stdout has had its JSON, and keeps the first exit code', async () => {
      const ended = ending()
      await start(['whoami', '--json'], failing(new NotLoggedInError()))
      fake.emit('uncaughtException', new Error('late'))
      await ended
      expect(jsonOf(fake.stdout.text).error.code).to.equal('NOT_LOGGED_IN')
      expect(fake.stderr.text).to.match(/^Error: late\n/)
      expect(fake.exits).to.deep.equal([64])
    })

    for (const [thrown, exitCode] of [
      [new NotLoggedInError(), 64],
      [undefined, 1],
    ] as const) {
      it(`fails a command that has succeeded with ${exitCode}`, async () => {
        const ended = ending()
        await start(['whoami', '--json'], () => fake.stdout.write('{}\n'))
        fake.emit('uncaughtException', thrown)
        await ended
        expect(fake.stdout.text).to.equal('{}\n')
        expect(fake.stderr.text).to.match(/^Error: /)
        expect(fake.exits).to.deep.equal([exitCode])
      })
    }

    it('is JSON while the command is still running', async () => {
      const ended = ending()
      await start(['whoami', '--json'], async () => {
        fake.emit('uncaughtException', new NotLoggedInError())
        await ended
      })
      expect(jsonOf(fake.stdout.text).error.code).to.equal('NOT_LOGGED_IN')
      expect(fake.exits).to.deep.equal([64])
    })

    it('is not reported again when the command has failed with the same error', async () => {
      const ended = ending()
      const error = new NotLoggedInError()
      await start(['whoami', '--json'], failing(error))
      fake.emit('uncaughtException', error)
      await ended
      expect(jsonOf(fake.stdout.text).error.code).to.equal('NOT_LOGGED_IN')
      expect([fake.stderr.text, fake.exits[0]]).to.deep.equal(['', 64])
    })

    it('ends the process with 1 where it cannot even be reported', async () => {
      fake.stderr.write = () => {
        throw new Error('gone')
      }
      const error = Object.defineProperty(new Error(''), 'message', {
        get() {
          throw new Error('in a getter')
        },
      })
      await crash(error)
      expect(fake.exits).to.deep.equal([1])
    })
  })

  describe('a closed reader of stdout', () => {
    const gone = Object.assign(new Error('gone'), {code: 'EPIPE'})

    it('is not an error, and is not waited for', async () => {
      const flush = async () => new Promise<void>(() => undefined)
      const work = () => fake.stdout.destroy(gone)
      await start(['--help'], work, {flush})
      expect([fake.exitCode, fake.stderr.text, closed]).to.deep.equal([undefined, '', 1])
    })

    it('may close while the last output is written', async () => {
      const flush = async () => {
        fake.stdout.destroy(gone)
        return new Promise<void>(() => undefined)
      }
      Object.defineProperty(fake.stdout, 'writableLength', {value: 1})
      await start(['--help'], undefined, {flush})
      expect([fake.exitCode, fake.stderr.text]).to.deep.equal([undefined, ''])
    })

    it('is an error when something else fails', async () => {
      await start(['--help'])
      const full = Object.assign(new Error('full'), {code: 'ENOSPC'})
      expect(() => fake.stdout.emit('error', full)).to.throw(
        'Standard output cannot be written: the disk is full.',
      )
    })
  })

  it('leaves a folder that no longer exists', async () => {
    await start(['--help'])
    expect(fake.folders).to.deep.equal([])
    fake.cwd = () => {
      throw new Error('ENOENT: uv_cwd')
    }
    await start(['--help'])
    expect(fake.folders).to.deep.equal(['/'])
  })
})
