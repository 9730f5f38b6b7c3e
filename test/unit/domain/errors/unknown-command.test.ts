import {expect} from 'chai'
import {unknownCommand} from '../../../../src/domain/errors/unknown-command.js'

const NAMES = ['attach', 'auth login', 'auth logout', 'login', 'logs', 'logs show', 'models']

describe('unknownCommand', () => {
  const meant = (typed: string): string | undefined =>
    /Did you mean `mogplex (.*?)`/.exec(unknownCommand(typed.split(' '), NAMES).remedy)?.[1]

  it('is a usage error that quotes the typed words', () => {
    const error = unknownCommand(['no', 'such'], NAMES)
    expect(error).to.include({code: 'USAGE', exitCode: 2})
    expect(error.message).to.equal('mogplex has no command "no such".')
    expect(error.remedy).to.equal('Run `mogplex --help` for the commands.')
  })

  for (const [typed, name] of [
    ['lgoin', 'login'],
    ['logs shwo', 'logs show'],
    ['modles', 'models'],
    ['modles claude', 'models'],
    ['auth lgoin', 'auth login'],
    ['Login', 'login'],
    ['att', 'attach'],
  ] as const) {
    it(`takes \`${typed}\` for \`${name}\``, () => {
      expect(meant(typed)).to.equal(name)
    })
  }

  it('suggests nothing for a distant name', () => {
    expect(meant('deploy')).to.equal(undefined)
    expect(meant('logs deploy')).to.equal(undefined)
  })
})
