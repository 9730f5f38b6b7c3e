import {expect} from 'chai'
import {readDeclaration} from '../../../../src/domain/plugin/declaration.js'

const FINE = {summary: 'Greet', module: './dist/hello.js'}

function read(slashCommands: unknown, kit: unknown = 1) {
  return readDeclaration({mogplex: {kit, slashCommands}})
}

describe('readDeclaration', () => {
  it('reads a slash command: the default export, and no gate, unless it says otherwise', () => {
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

  it('asks for no version where there is nothing for it, as in a plugin of skills', () => {
    for (const pjson of [undefined, null, 5, {}, {mogplex: 'x'}, {mogplex: {skills: ['a']}}]) {
      expect(readDeclaration(pjson)).to.deep.equal({slashCommands: [], problems: []})
    }
  })

  it('takes nothing of another version, and says which one it knows', () => {
    expect(read({hello: FINE}, 2)).to.deep.equal({
      slashCommands: [],
      problems: [
        'has slash commands for version 2 of the kit, and this CLI knows 1: update the CLI',
      ],
    })
    for (const kit of [undefined, 0, '1']) {
      const {slashCommands, problems} = readDeclaration({
        mogplex: {kit, slashCommands: {hello: FINE}},
      })
      expect(slashCommands).to.deep.equal([])
      expect(problems).to.deep.equal([
        'has slash commands, and no "kit": 1 beside them in its package.json',
      ])
    }
  })

  const wrong: Record<string, [name: string, value: unknown]> = {
    'whose name is not': ['Hello', FINE],
    'is no file inside the plugin': ['hello', {...FINE, module: '../x.js'}],
    'whose "module"': ['hello', {...FINE, module: '/x.js'}],
    'no file inside': ['hello', {...FINE, module: 'a\\b.js'}],
    'whose "auth"': ['hello', {...FINE, auth: 'acount'}],
    'without a "summary"': ['hello', {module: 'x.js'}],
    'whose "export"': ['hello', {...FINE, export: 5}],
    'whose "argument"': ['hello', {...FINE, argument: 5}],
    'a slash command hello': ['hello', null],
  }
  for (const [says, [name, value]] of Object.entries(wrong)) {
    it(`leaves out what is wrong, says "${says}", and keeps the rest`, () => {
      const {slashCommands, problems} = read({[name]: value, fine: FINE})
      expect(slashCommands.map((command) => command.name)).to.deep.equal(['fine'])
      expect(problems).to.have.length(1)
      expect(problems[0]).to.include(says)
    })
  }

  it('says that all of it is of another shape', () => {
    expect(read(['hello']).problems).to.have.length(1)
  })

  it('lets no text move a cursor', () => {
    const [command] = read({hello: {...FINE, summary: 'a\u001B[2Jb'}}).slashCommands
    expect(command?.summary).not.to.include('\u001B')
  })
})
