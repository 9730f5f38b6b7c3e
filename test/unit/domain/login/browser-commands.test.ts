import {expect} from 'chai'
import {browserCommands} from '../../../../src/domain/login/browser-commands.js'

const URL = 'https://mogplex.com/authorize?a=1&b=$(rm -rf ~)'

describe('browserCommands', () => {
  const cases: Record<string, [value: string, commands: string[][]]> = {
    'puts the address last': ['firefox', [['firefox', URL]]],
    'puts the address where %s stands': ['open -u %s -n', [['open', '-u', URL, '-n']]],
    'fills %s inside a word, each time': ['x --url=%s,%s', [['x', `--url=${URL},${URL}`]]],
    'tries commands in their order': [
      'a:b %s',
      [
        ['a', URL],
        ['b', URL],
      ],
    ],
    'takes several blanks for one': [' a \t b ', [['a', 'b', URL]]],
    'drops empty commands': [': :a:', [['a', URL]]],
    'has nothing to try for a value of colons': ['::', []],
    'keeps what only a shell would read': ['a;b|c "d"', [['a;b|c', '"d"', URL]]],
  }
  for (const [title, [value, commands]] of Object.entries(cases)) {
    it(title, () => {
      expect(browserCommands(value, URL)).to.deep.equal(commands)
    })
  }

  it('hands the address on as it is, patterns of a replacement included', () => {
    const address = 'https://mogplex.com/?x=$&$1$$'
    expect(browserCommands('a %s', address)).to.deep.equal([['a', address]])
  })

  it('separates by another character where paths have colons', () => {
    expect(browserCommands('C:\\a.exe;b', URL, ';')).to.deep.equal([
      ['C:\\a.exe', URL],
      ['b', URL],
    ])
  })
})
