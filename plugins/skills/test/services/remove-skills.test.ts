import {expect} from 'chai'
import {UnknownSkillError} from '../../src/domain/errors.js'
import type {FoundSkill} from '../../src/domain/skill-standing.js'
import {removeSkills} from '../../src/services/remove-skills.js'
import {EDITED, installed, lookIn, makeSkill, PLACES} from './skills-world.js'

const FOREIGN: FoundSkill = {kind: 'folder', record: undefined}

describe('removeSkills', () => {
  let done: string[]
  const run = (there: Record<string, FoundSkill>, request = {}) =>
    removeSkills(
      {
        places: PLACES,
        look: lookIn(there),
        contributions: {skills: [makeSkill('one')], unusable: []},
        ours: ({folder}) =>
          Object.entries(there)
            .filter(([, found]) => found.kind === 'folder' && found.record !== undefined)
            .flatMap(([path]) => (path.startsWith(folder) ? [path.slice(folder.length + 1)] : [])),
        remove: (path) => void done.push(path),
      },
      {names: [], force: false, dryRun: false, ...request},
    )
  const actions = (outcomes: ReturnType<typeof run>) =>
    outcomes.map(({skill, action}) => `${skill} ${action}`)

  beforeEach(() => {
    done = []
  })

  it('removes what is ours, even when its plugin was removed, and says where it came from', () => {
    const outcomes = run({
      '/home/.agents/skills/one': installed('one'),
      '/home/.claude/skills/gone': installed('gone'),
    })
    expect(actions(outcomes)).to.deep.equal(['gone removed', 'one removed'])
    expect(outcomes[0]).to.include({plugin: '@x/plugin', path: '/home/.claude/skills/gone'})
    expect(done).to.deep.equal(['/home/.claude/skills/gone', '/home/.agents/skills/one'])
  })

  it('leaves edited copies, unless forced', () => {
    const there = {'/home/.agents/skills/one': installed('one', EDITED)}
    expect(actions(run(there))).to.deep.equal(['one left'])
    expect(done).to.deep.equal([])
    expect(actions(run(there, {force: true}))).to.deep.equal(['one removed'])
    expect(done).to.have.length(1)
  })

  it('does not mention foreign copies, unless they are named', () => {
    const there = {
      '/home/.agents/skills/one': FOREIGN,
      '/home/.claude/skills/one': installed('one'),
    }
    expect(actions(run(there, {force: true}))).to.deep.equal(['one removed'])
    expect(done).to.deep.equal(['/home/.claude/skills/one'])
    done = []
    expect(actions(run(there, {names: ['one']}))).to.deep.equal(['one left', 'one removed'])
    expect(done).to.deep.equal(['/home/.claude/skills/one'])
    done = []
    expect(actions(run(there, {names: ['one'], force: true}))).to.have.length(2)
    expect(done).to.have.length(2)
  })

  it('does nothing with dryRun, and nothing where nothing is installed', () => {
    const there = {'/home/.agents/skills/one': installed('one')}
    expect(actions(run(there, {dryRun: true}))).to.deep.equal(['one removed'])
    expect(run({})).to.deep.equal([])
    expect(run({}, {names: ['one']})).to.deep.equal([])
    expect(done).to.deep.equal([])
  })

  it('refuses a name that is neither installed nor contributed', () => {
    for (const name of ['two', '..', '../one', '']) {
      expect(() => run({}, {names: [name], force: true}), name).to.throw(UnknownSkillError)
    }
  })
})
