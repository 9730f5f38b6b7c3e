import {expect} from 'chai'
import {originIn, repositoryAt} from '../../src/domain/origin.js'

const CONFIG = (rest: string): string =>
  `[core]\n\tbare = false\n${rest}\n[branch "main"]\n\turl = no`

describe('the origin of a checkout', () => {
  const ADDRESSES = {
    'https://github.com/ada/engine': 'ada/engine',
    'https://github.com/ada/engine.git': 'ada/engine',
    'https://ada:secret@github.com/ada/en.gine.git/': 'ada/en.gine',
    'HTTPS://GitHub.com/Ada/Engine': 'Ada/Engine',
    'git@github.com:ada/engine.git': 'ada/engine',
    'github.com:ada/engine': 'ada/engine',
    'ssh://git@github.com/ada/engine.git': 'ada/engine',
    'ssh://git@ssh.github.com:443/ada/engine.git': 'ada/engine',
    'git://github.com/ada/engine': 'ada/engine',
    'https://gitlab.com/ada/engine': undefined,
    'https://github.com.evil.example/ada/engine': undefined,
    'https://github.com/ada/engine/tree/main': undefined,
    'https://github.com/ada/..': undefined,
    'https://github.com/ada': undefined,
    'git@github.com:ada/engine;rm -rf': undefined,
    '/home/ada/engine': undefined,
    '../engine': undefined,
    'ext::sh -c touch% /tmp/owned': undefined,
    'https://': undefined,
    '': undefined,
  }
  for (const [address, name] of Object.entries(ADDRESSES)) {
    it(`is ${name ?? 'none'} for ${address}`, () => {
      expect(repositoryAt(address)).to.equal(name)
    })
  }

  it('is the remote of that name, in every syntax of Git', () => {
    const url = 'url = git@github.com:ada/engine.git'
    for (const text of [
      CONFIG(`[remote "other"]\n\turl = git@github.com:eve/evil\n[remote "origin"]\n\t${url}`),
      CONFIG(`[remote "origin"] ${url}`),
      CONFIG(`[remote "origin"]\r\n\tfetch = +refs\r\n\tURL=https://github.com/ada/engine ; mine`),
      CONFIG('[remote "origin"]\n\turl = "https://github.com/ada/engine" # mine'),
    ]) {
      expect(originIn(text), text).to.equal('ada/engine')
    }
  })

  it('is none where there is no such remote', () => {
    for (const text of [
      '',
      CONFIG(''),
      CONFIG('[remote "origin"]\n\tpushurl = x'),
      '\u0000',
      '[',
    ]) {
      expect(originIn(text)).to.equal(undefined)
    }
  })
})
