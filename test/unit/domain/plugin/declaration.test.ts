import {expect} from 'chai'
import {readDeclaration} from '../../../../src/domain/plugin/declaration.js'

const FINE = {summary: 'Greet', module: './dist/hello.js'}

function read(slashCommands: unknown, kit: unknown = 1) {
  return readDeclaration({kit, slashCommands})
}

describe('readDeclaration', () => {
  it('reads a slash command: by default the default export, without a gate', () => {
    expect(read({hello: FINE})).to.deep.equal({
      slashCommands: [
        ...[{name: 'hello', summary: 'Greet', auth: 'none', module: 'dist/hello.js'}].map(
          (command) => ({...command, export: 'default'}),
        ),
      ],
      problems: [],
    })
    const full = {...FINE, argument: 'NAME', auth: 'account', export: 'hello'}
    const [command] = read({hello: full}).slashCommands
    expect(command).to.include({argument: 'NAME', auth: 'account', export: 'hello'})
  })

  it('ignores another version, and names the supported one', () => {
    const newer = read({hello: FINE}, 2)
    expect(newer.slashCommands).to.deep.equal([])
    expect(newer.problems[0]).to.include('version 2').and.to.include('update the CLI')
    for (const value of [null, {slashCommands: {hello: FINE}}, {kit: '1'}]) {
      const {slashCommands, problems} = readDeclaration(value)
      expect(slashCommands).to.deep.equal([])
      expect(problems).to.deep.equal(['"mogplex" in its package.json has no "kit": 1'])
    }
  })

  const wrong: Record<string, [name: string, value: unknown]> = {
    'a name with a capital': ['Hello', FINE],
    'a module above the plugin': ['hello', {...FINE, module: '../x.js'}],
    'a module at the root of the disk': ['hello', {...FINE, module: '/x.js'}],
    'a module with backslashes': ['hello', {...FINE, module: 'a\\b.js'}],
    'a misspelt need': ['hello', {...FINE, auth: 'acount'}],
    'no summary': ['hello', {module: 'x.js'}],
    'an export that is not a name': ['hello', {...FINE, export: 5}],
    'an argument that is not a text': ['hello', {...FINE, argument: 5}],
    'nothing at all': ['hello', null],
  }
  for (const [what, [name, value]] of Object.entries(wrong)) {
    it(`leaves out entries with ${what}, names them, and keeps the rest`, () => {
      const {slashCommands, problems} = read({[name]: value, fine: FINE})
      expect(slashCommands.map((command) => command.name)).to.deep.equal(['fine'])
      expect(problems).to.have.length(1)
      expect(problems[0]).to.include(name)
    })
  }

  it('reports a declaration of another shape', () => {
    expect(read(['hello']).problems).to.have.length(1)
  })

  it('contains no text that moves a cursor', () => {
    const [command] = read({hello: {...FINE, summary: 'a\u001B[2Jb'}}).slashCommands
    expect(command?.summary).not.to.include('\u001B')
  })
})
