import {expect} from 'chai'
import {listSkills} from '../../src/services/list-skills.js'
import {EDITED, installed, lookIn, makeSkill, PLACES} from './skills-world.js'

describe('listSkills', () => {
  it('lists where each skill is installed, and whether it was edited', () => {
    const [one, two] = listSkills({
      contributions: {skills: [makeSkill('one'), makeSkill('two')], unusable: []},
      places: PLACES,
      look: lookIn({
        '/home/.agents/skills/one': installed('one', EDITED),
        '/home/.claude/skills/one': {kind: 'folder', record: undefined},
        '/home/.claude/skills/two': {kind: 'in-the-way', what: 'a file is there'},
      }),
    })
    expect(one).to.deep.equal({
      name: 'one',
      plugin: '@x/plugin',
      version: '1.0.0',
      description: 'What.',
      problems: [],
      allowedTools: ['Read'],
      installed: [
        {
          scope: 'user',
          path: '/home/.agents/skills/one',
          readers: ['Codex', 'Cursor'],
          state: 'edited',
          version: '1.0.0',
          edited: ['SKILL.md'],
        },
        {
          scope: 'user',
          path: '/home/.claude/skills/one',
          readers: ['Claude Code'],
          state: 'foreign',
          version: null,
          edited: [],
        },
      ],
    })
    expect(two?.installed).to.deep.equal([])
  })

  it('lists what cannot be installed, and why', () => {
    const bad = {name: 'bad', plugin: '@x/plugin', version: '1.0.0', problems: ['no SKILL.md']}
    const contributions = {skills: [], unusable: [{...bad, isOurs: false}]}
    expect(listSkills({contributions, places: PLACES, look: lookIn({})})).to.deep.equal([
      {...bad, description: null, allowedTools: [], installed: []},
    ])
  })
})
