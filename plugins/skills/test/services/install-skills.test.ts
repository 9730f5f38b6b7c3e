import {expect} from 'chai'
import {LocalFileError, UnknownSkillError} from '../../src/domain/errors.js'
import {fellShort} from '../../src/domain/skill-plan.js'
import type {FoundSkill} from '../../src/domain/skill-standing.js'
import {installSkills} from '../../src/services/install-skills.js'
import {EDITED, installed, lookIn, makeSkill, PLACES} from './skills-world.js'

const BAD = {
  name: 'bad',
  plugin: '@x/plugin',
  version: '1.0.0',
  isOurs: true,
  problems: ['no SKILL.md', 'no a'],
}
const ALL = {names: [], force: false, dryRun: false}

describe('installSkills', () => {
  let done: string[]
  const run = (there: Record<string, FoundSkill>, request = {}, unusable: (typeof BAD)[] = []) =>
    installSkills(
      {
        places: PLACES,
        look: lookIn(there),
        contributions: {skills: [makeSkill('one'), makeSkill('two')], unusable},
        install: (path) => void done.push(path),
      },
      {...ALL, ...request},
    )
  const actions = (outcomes: ReturnType<typeof run>) => outcomes.map(({action}) => action)

  beforeEach(() => {
    done = []
  })

  it('installs every skill in every place, or the named ones', () => {
    expect(actions(run({}))).to.deep.equal(Array(4).fill('installed'))
    expect(done).to.have.length(4)
    done = []
    const [outcome] = run({}, {names: ['two']})
    expect(done).to.deep.equal(['/home/.agents/skills/two', '/home/.claude/skills/two'])
    expect(outcome).to.deep.equal({
      skill: 'two',
      plugin: '@x/plugin',
      version: '1.0.0',
      action: 'installed',
      scope: 'user',
      path: '/home/.agents/skills/two',
      readers: ['Codex', 'Cursor'],
      allowedTools: ['Read'],
    })
  })

  it('installs foreign skills only by name, and says how', () => {
    const theirs = makeSkill('theirs', {isOurs: false})
    const bad = {...BAD, isOurs: false}
    const contributions = {skills: [makeSkill('one'), theirs], unusable: [bad]}
    const runOver = (there: Record<string, FoundSkill>, names: string[]) => {
      const install = (path: string) => void done.push(path)
      const ports = {contributions, places: PLACES, look: lookIn(there), install}
      return installSkills(ports, {...ALL, names})
    }
    const all = runOver({}, [])
    expect(actions(all)).to.deep.equal(['installed', 'installed', 'skipped', 'skipped'])
    expect(all[2]?.why).to.include('mogplex skills install theirs')
    expect(all.some(fellShort)).to.equal(false)
    expect(done.join()).not.to.include('theirs')
    expect(actions(runOver({}, ['theirs']))).to.deep.equal(['installed', 'installed'])
    const there = PLACES.map(({folder}) => [`${folder}/theirs`, installed('theirs')])
    const again = runOver(Object.fromEntries(there) as Record<string, FoundSkill>, [])
    expect(actions(again)).to.deep.equal(['installed', 'installed', 'skipped'])
    expect(actions(runOver({}, ['bad']))).to.deep.equal(['failed'])
  })

  it('leaves copies that are up to date, edited, or not ours', () => {
    const there: Record<string, FoundSkill> = {
      '/home/.agents/skills/one': installed('one'),
      '/home/.claude/skills/one': installed('one', EDITED),
      '/home/.agents/skills/two': {kind: 'folder', record: undefined},
    }
    expect(actions(run(there))).to.deep.equal(['unchanged', 'left', 'left', 'installed'])
    expect(done).to.deep.equal(['/home/.claude/skills/two'])
    done = []
    const forced = run(there, {force: true})
    expect(actions(forced)).to.deep.equal(['unchanged', 'replaced', 'replaced', 'installed'])
    expect(done).to.have.length(3)
  })

  it('counts a link to a copy that is, or is about to be, up to date as up to date', () => {
    const target = '/home/.claude/skills/one'
    const link = (there: FoundSkill): FoundSkill => ({kind: 'link', target, there})
    const before: FoundSkill[] = [{kind: 'nothing'}, installed('one'), installed('one', EDITED)]
    const wanted = [
      ['installed', 'unchanged'],
      ['unchanged', 'unchanged'],
      ['left', 'left'],
    ]
    for (const [index, there] of before.entries()) {
      const found = {'/home/.agents/skills/one': link(there), [target]: there}
      for (const dryRun of [true, false]) {
        const outcomes = run(found, {names: ['one'], dryRun})
        expect(actions(outcomes)).to.deep.equal(wanted[index])
      }
    }
    expect(done).to.deep.equal([target])
  })

  it('reports the same and does nothing with dryRun', () => {
    const there = {'/home/.claude/skills/one': installed('one', EDITED)}
    const plan = run(there, {dryRun: true, force: true})
    expect(done).to.deep.equal([])
    expect(plan).to.deep.equal(run(there, {force: true}))
    expect(done).to.have.length(4)
  })

  it('reports failures, and continues', () => {
    const outcomes = installSkills(
      {
        places: PLACES,
        look: lookIn({}),
        contributions: {skills: [makeSkill('one')], unusable: [BAD]},
        install(path) {
          if (path.includes('.agents')) throw new LocalFileError('It is full.', 'Free some space.')
          done.push(path)
        },
      },
      ALL,
    )
    expect(outcomes.map(({skill, action, why}) => [skill, action, why])).to.deep.equal([
      ['one', 'failed', 'It is full. Free some space.'],
      ['one', 'installed', undefined],
      ['bad', 'failed', 'no SKILL.md; no a'],
    ])
    expect(done).to.deep.equal(['/home/.claude/skills/one'])
  })

  it('does not hide a bug', () => {
    const broken = () =>
      installSkills(
        {
          places: PLACES,
          look: lookIn({}),
          contributions: {skills: [makeSkill('one')], unusable: []},
          install() {
            throw new TypeError('a bug')
          },
        },
        ALL,
      )
    expect(broken).to.throw(TypeError)
  })

  it('refuses a name that nobody contributes before it does anything', () => {
    expect(() => run({}, {names: ['one', '../x']})).to.throw(UnknownSkillError, '"../x"')
    expect(done).to.deep.equal([])
    expect(actions(run({}, {names: ['bad']}, [BAD]))).to.deep.equal(['failed'])
    done = []
    const namesake = {...BAD, name: 'one', plugin: 'stranger'}
    expect(actions(run({}, {names: ['one']}, [namesake]))).to.deep.equal(['installed', 'installed'])
  })
})
