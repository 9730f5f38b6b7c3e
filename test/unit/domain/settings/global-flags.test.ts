import {expect} from 'chai'
import {withGlobalFlagsBehind} from '../../../../src/domain/settings/global-flags.js'

describe('withGlobalFlagsBehind', () => {
  for (const [typed, taken] of [
    ['--json whoami', 'whoami --json'],
    ['--no-color --json logs show x', 'logs show x --no-color --json'],
    ['--no-input login --provider openai', 'login --no-input --provider openai'],
    ['--json run -- --not-a-flag', 'run --json -- --not-a-flag'],
    ['--json --version', '--version --json'],
    ['--json --help', '--help --json'],
    ['--no-color -h login', '-h login --no-color'],
  ] as const) {
    it(`reads \`mogplex ${typed}\` as \`mogplex ${taken}\``, () => {
      expect(withGlobalFlagsBehind(typed.split(' '))).to.deep.equal(taken.split(' '))
    })
  }

  for (const typed of ['', '--json', '--json --prompt x', '--json -- whoami', 'whoami --json']) {
    it(`leaves \`mogplex ${typed}\` unchanged`, () => {
      const argv = typed.split(' ').filter(Boolean)
      expect(withGlobalFlagsBehind(argv)).to.deep.equal(argv)
    })
  }
})
