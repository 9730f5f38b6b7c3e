import {expect} from 'chai'
import {accountName, scopesText, shortPath, sourceText} from '../../../src/app/names.js'

describe('shortPath', () => {
  for (const [path, home, short] of [
    ['/home/ada/.mogplex/auth.json', '/home/ada', '~/.mogplex/auth.json'],
    ['/home/ada/.mogplex/auth.json', '/home/ada/', '~/.mogplex/auth.json'],
    ['/home/adam/auth.json', '/home/ada', '/home/adam/auth.json'],
    ['/etc/auth.json', '/home/ada', '/etc/auth.json'],
    ['/etc/auth.json', '', '/etc/auth.json'],
    ['/etc/auth.json', '/', '/etc/auth.json'],
    ['/home/ada', '/home/ada', '/home/ada'],
  ] as const) {
    it(`writes ${path} as ${short} where home is ${JSON.stringify(home)}`, () => {
      expect(shortPath(path, home)).to.equal(short)
    })
  }
})

it('shows a path without control characters', () => {
  expect(shortPath('/home/ada/\u009B2J\u202Ex/a\u001Bb  \nc', '/home/ada')).to.equal(
    '~/ 2J x/a b   c',
  )
})

describe('accountName', () => {
  for (const [account, name] of [
    [{id: 'usr_1', email: 'ada@example.com', name: 'Ada'}, 'ada@example.com (Ada)'],
    [{id: 'usr_1', email: 'ada@example.com', name: null}, 'ada@example.com'],
    [{id: 'usr_1', email: null, name: 'Ada'}, 'usr_1 (Ada)'],
    [{id: 'usr_1'}, 'usr_1'],
    [{id: null, email: null, name: 'Ada'}, 'Ada'],
    [{id: null, email: null, name: null}, undefined],
  ] as const) {
    it(`is ${name ?? 'unknown'} for ${JSON.stringify(account)}`, () => {
      expect(accountName(account)).to.equal(name)
    })
  }
})

describe('scopesText', () => {
  for (const [scopes, text] of [
    [null, 'scopes unknown'],
    [[], 'no scopes'],
    [['read'], 'read'],
    [['read', 'write'], 'read and write'],
    [['read', 'write', 'admin'], 'read, write and admin'],
  ] as const) {
    it(`is ${text}`, () => {
      expect(scopesText(scopes)).to.equal(text)
    })
  }
})

describe('shortPath on Windows', () => {
  const home = String.raw`C:\Users\ada`

  it('puts ~ before paths below the home, in any case and with either slash', () => {
    const below = String.raw`~\.mogplex\auth.json`
    expect(shortPath(String.raw`C:\Users\ada\.mogplex\auth.json`, home)).to.equal(below)
    expect(shortPath(String.raw`c:\users\Ada\.mogplex\auth.json`, `${home}\\`)).to.equal(below)
    expect(shortPath('C:/Users/ada/x', home)).to.equal('~/x')
  })

  it('leaves other paths, and everything where there is no home', () => {
    for (const [path, folder] of [
      [String.raw`C:\Users\adam\x`, home],
      [String.raw`D:\Users\ada\x`, home],
      [String.raw`C:\Users\ada\x`, ''],
    ] as const) {
      expect(shortPath(path, folder)).to.equal(path)
    }
  })
})

describe('sourceText', () => {
  it('is the variable, or the file below home', () => {
    expect(sourceText({type: 'env', variable: 'XAI_API_KEY'}, '/home/ada')).to.equal('XAI_API_KEY')
    expect(sourceText({type: 'file', path: '/home/ada/x'}, '/home/ada')).to.equal('~/x')
  })
})
