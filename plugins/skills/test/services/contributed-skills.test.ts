import {expect} from 'chai'
import type {SkillSource} from '../../src/adapters/skill-folders/source.js'
import {contributedSkills, type SkillPlugin} from '../../src/services/contributed-skills.js'

const GOOD: SkillSource = {
  description: 'What.',
  allowedTools: ['Read'],
  problems: [],
  files: new Map([['SKILL.md', Buffer.from('text')]]),
}

const PORTS = {
  foldersIn: (_root: string, folder: string) => [folder],
  readSource: () => Promise.resolve(GOOD),
}

function plugin(name: string, skills: unknown, type = 'user', kit: unknown = 1): SkillPlugin {
  const mogplex = {kit, ...(skills !== undefined && {skills})}
  return {name, type, version: '1.0.0', root: `/plugins/${name}`, pjson: {mogplex}}
}

describe('contributedSkills', () => {
  it('reads each declared folder relative to the root of its plugin', async () => {
    const asked: string[] = []
    const {skills, unusable} = await contributedSkills(
      [plugin('one', ['skills/a', 'skills/b']), plugin('none', undefined)],
      {
        ...PORTS,
        readSource: (root, folder) => {
          asked.push(`${root} ${folder}`)
          return Promise.resolve(GOOD)
        },
      },
    )
    expect(asked).to.deep.equal(['/plugins/one skills/a', '/plugins/one skills/b'])
    expect(skills.map(({name, plugin: from}) => [name, from])).to.deep.equal([
      ['a', 'one'],
      ['b', 'one'],
    ])
    expect(skills[0]).to.deep.include({isOurs: false, allowedTools: ['Read']})
    expect(skills[0]?.fingerprints.get('SKILL.md')).to.match(/^[0-9a-f]{64}$/)
    expect(unusable).to.deep.equal([])
  })

  it("gives a duplicate name to the CLI's own plugin, in any order", async () => {
    const {skills, unusable} = await contributedSkills(
      [plugin('stranger', ['x/mogplex-auth']), plugin('ours', ['skills/mogplex-auth'], 'core')],
      PORTS,
    )
    expect(skills.map(({plugin: from}) => from)).to.deep.equal(['ours'])
    expect(unusable).to.deep.equal([
      {
        name: 'mogplex-auth',
        plugin: 'stranger',
        version: '1.0.0',
        isOurs: false,
        problems: ['ours has that name already'],
      },
    ])
  })

  it('reports unusable skills, and continues', async () => {
    const {skills, unusable} = await contributedSkills(
      [plugin('odd', '../skills'), plugin('bad', ['skills/a']), plugin('good', ['skills/b'])],
      {
        ...PORTS,
        readSource: (root) =>
          Promise.resolve(
            root.endsWith('bad') ? {...GOOD, problems: ['its name is missing']} : GOOD,
          ),
      },
    )
    expect(skills.map(({name}) => name)).to.deep.equal(['b'])
    expect(unusable.map(({name, problems}) => [name, ...problems])).to.deep.equal([
      ['odd', 'its skill "../skills" is not a folder inside the plugin'],
      ['a', 'its name is missing'],
    ])
  })

  it('reads each folder of skills once, however it is declared', async () => {
    const {skills, unusable} = await contributedSkills([plugin('one', ['./skills', 'skills/a'])], {
      ...PORTS,
      foldersIn: (_root, folder) => (folder === 'skills' ? ['skills/a', 'skills/b'] : [folder]),
    })
    expect(skills.map(({name}) => name)).to.deep.equal(['a', 'b'])
    expect(unusable).to.deep.equal([])
  })

  it('ignores declarations for another version of the kit, and reports it', async () => {
    for (const [kit, why] of [
      [2, 'update the CLI'],
      ['1', 'has no "kit": 1'],
    ] as const) {
      const {skills, unusable} = await contributedSkills(
        [plugin('other', ['skills/a'], 'user', kit), plugin('none', undefined, 'user', kit)],
        PORTS,
      )
      expect(skills).to.deep.equal([])
      expect(unusable.map(({name}) => name)).to.deep.equal(['other'])
      expect(unusable[0]?.problems.join()).to.include(why)
    }
  })

  it('ignores other errors of a declaration', async () => {
    const odd = {...plugin('odd', []), pjson: {mogplex: {kit: 1, slashCommands: 'x'}}}
    expect(await contributedSkills([odd], PORTS)).to.deep.equal({skills: [], unusable: []})
  })
})
