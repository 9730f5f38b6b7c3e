import {expect} from 'chai'
import {commandLine} from '../../../../src/domain/log/command-line.js'

describe('commandLine', () => {
  for (const [argv, command, flags, words] of [
    [[], '', [], 0],
    [['login', '--no-browser', '--timeout', '120'], 'login', ['--no-browser', '--timeout'], 1],
    [['login', 'status'], 'login status', [], 0],
    [['auth', 'logout'], 'auth logout', [], 0],
    [['--json', 'logs', 'show'], 'logs show', ['--json'], 0],
    [['plugins', 'install', 'my-plugin'], 'plugins install', [], 1],
    [['attach', 'a-run', '--json'], 'attach', ['--json'], 1],
    [['models', 'claude'], 'models', [], 1],
    [['--prompt', 'tell nobody'], '', ['--prompt'], 1],
    [['--prompt=tell nobody'], '', ['--prompt'], 0],
    [['-p', 'nobody'], '', ['-p'], 1],
    [['-pnobody'], '', [], 1],
    [['whoami', '-h'], 'whoami', ['-h'], 0],
    [['login', 'mog_0123456789'], 'login', [], 1],
    [['4f8a0c0e4f8a0c0e'], '', [], 1],
    [['--profile', 'work', 'whoami', '--json'], 'whoami', ['--profile', '--json'], 0],
    [
      ['--json', '--profile=work', 'profiles', 'use', 'x'],
      'profiles use',
      ['--profile', '--json'],
      1,
    ],
    [['login', '--MOG_0123', '-sk-proj-0123456789'], 'login', [], 2],
  ] as const) {
    it(`keeps of ${JSON.stringify(argv)} what cannot be secret`, () => {
      expect(commandLine(argv)).to.deep.equal({command, flags, words})
    })
  }
})
