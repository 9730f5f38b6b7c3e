import {expect} from 'chai'
import {browserCommands} from '../../../../src/domain/login/browser-commands.js'

const URL = 'https://mogplex.com/authorize?a=1&b=$(rm -rf ~)'

describe('browserCommands', () => {
  const cases: Record<string, [value: string, commands: string[][]]> = {
    'puts the address last': ['firefox', [['firefox', URL]]],
    'puts the address in place of %s': ['open -u %s -n', [['open', '-u', URL, '-n']]],
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
    'keeps shell syntax unchanged': ['a;b|c $d', [['a;b|c', '$d', URL]]],
    'uses quotes and backslashes to keep words together': [
      `"/opt/my browser" 'it is' a\\ b "c\\"d" ''`,
      [['/opt/my browser', 'it is', 'a b', 'c"d', '', URL]],
    ],
    'allows a colon in quotes': [
      `a "b:c %s":d`,
      [
        ['a', `b:c ${URL}`],
        ['d', URL],
      ],
    ],
    'keeps an unterminated quote unchanged': [`a "b`, [['a', '"b', URL]]],
  }
  for (const [title, [value, commands]] of Object.entries(cases)) {
    it(title, () => {
      expect(browserCommands(value, URL)).to.deep.equal(commands)
    })
  }

  it('passes the address unchanged, including replacement patterns', () => {
    const address = 'https://mogplex.com/?x=$&$1$$'
    expect(browserCommands('a %s', address)).to.deep.equal([['a', address]])
  })

  it('treats a path with blanks as one word where it is a program', () => {
    const isProgram = (path: string) => path === '/opt/my browser/run'
    expect(browserCommands('/opt/my browser/run:x y', URL, {isProgram})).to.deep.equal([
      ['/opt/my browser/run', URL],
      ['x', 'y', URL],
    ])
  })

  it('uses another separator where paths contain colons', () => {
    expect(browserCommands('"C:\\my a.exe";b', URL, {separator: ';'})).to.deep.equal([
      ['C:\\my a.exe', URL],
      ['b', URL],
    ])
  })

  it('finds the path of a program below a folder with blanks on Windows, quoted or not', () => {
    const chrome = String.raw`C:\Program Files\Google\chrome.exe`
    const options = {separator: ';', isProgram: (path: string) => path === chrome}
    expect(browserCommands(`${chrome} --incognito %s;edge -x`, URL, options)).to.deep.equal([
      [chrome, '--incognito', URL],
      ['edge', '-x', URL],
    ])
    expect(browserCommands(chrome.replace('.exe', ' -n'), URL, options)).to.deep.equal([
      [chrome.replace('.exe', ''), '-n', URL],
    ])
    expect(browserCommands(`"${chrome}" -n`, URL, options)).to.deep.equal([[chrome, '-n', URL]])
  })
})
