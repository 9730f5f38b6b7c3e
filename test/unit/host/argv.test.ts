import {expect} from 'chai'
import {wantsJson, wantsUserPlugins, withDefaultCommand} from '../../../src/host/argv.js'

describe('withDefaultCommand', () => {
  it('runs the app for bare `mogplex`', () => {
    expect(withDefaultCommand([])).to.deep.equal(['app'])
  })

  for (const argv of [['--attach', 'run_1'], ['--logout'], ['--no-color', '--json'], ['--']]) {
    it(`runs the app for \`mogplex ${argv.join(' ')}\``, () => {
      expect(withDefaultCommand(argv)).to.deep.equal(['app', ...argv])
    })
  }

  for (const flag of ['--help', '-h', '--version', '-v']) {
    it(`leaves ${flag} to oclif`, () => {
      expect(withDefaultCommand([flag])).to.deep.equal([flag])
      expect(withDefaultCommand([flag, '--json'])).to.deep.equal([flag, '--json'])
    })
  }

  it('leaves a command untouched, whatever flags follow it', () => {
    expect(withDefaultCommand(['login', '--help'])).to.deep.equal(['login', '--help'])
    expect(withDefaultCommand(['app'])).to.deep.equal(['app'])
  })

  it('treats a later help flag as one of the app', () => {
    expect(withDefaultCommand(['--attach', '--help'])).to.deep.equal(['app', '--attach', '--help'])
  })

  it('returns a copy', () => {
    const argv = ['whoami']
    expect(withDefaultCommand(argv)).not.to.equal(argv)
  })
})

describe('wantsJson', () => {
  it('is true with --json, anywhere before --', () => {
    expect(wantsJson(['whoami', '--json'], {})).to.equal(true)
    expect(wantsJson(['--json'], {})).to.equal(true)
    expect(wantsJson(['whoami', '--json', '--', 'x'], {})).to.equal(true)
  })

  it('is false without it, after --, and for similar words', () => {
    expect(wantsJson([], {})).to.equal(false)
    expect(wantsJson(['run', '--', '--json'], {})).to.equal(false)
    expect(wantsJson(['run', '--json=1', '--jsonl', '-json'], {})).to.equal(false)
  })

  it("reads oclif's variable, in any case", () => {
    expect(wantsJson(['whoami'], {MOGPLEX_CONTENT_TYPE: 'JSON'})).to.equal(true)
    expect(wantsJson(['whoami'], {MOGPLEX_CONTENT_TYPE: 'text'})).to.equal(false)
  })
})

describe('wantsUserPlugins', () => {
  for (const argv of ['uninstall x', 'unlink x', 'remove x', 'reset --hard', 'uninstall']) {
    it(`is false for \`mogplex plugins ${argv}\`, which has to work whatever they do`, () => {
      expect(wantsUserPlugins(['plugins', ...argv.split(' ')], {})).to.equal(false)
      expect(wantsUserPlugins(`plugins:${argv}`.split(' '), {})).to.equal(false)
    })
  }

  it('is false for the list of plugins, which is read as data', () => {
    for (const argv of [['plugins'], ['plugins', '--json'], ['plugins', 'inspect', 'x']])
      expect(wantsUserPlugins(argv, {})).to.equal(false)
  })

  for (const argv of ['', 'whoami', 'plugins install x', 'plugins link .', 'uninstall', 'reset']) {
    it(`is true for \`mogplex ${argv}\`, unless MOGPLEX_PLUGINS is off`, () => {
      const words = argv.split(' ').filter(Boolean)
      expect(wantsUserPlugins(words, {})).to.equal(true)
      expect(wantsUserPlugins(words, {MOGPLEX_PLUGINS: 'on'})).to.equal(true)
      expect(wantsUserPlugins(words, {MOGPLEX_PLUGINS: ' OFF'})).to.equal(false)
    })
  }
})
