import {expect} from 'chai'
import {normalize} from 'node:path'
import {forceAdvice, skillOutcomesText, skillsText} from '../src/skills-text.js'
import type {SkillOutcome} from '../src/domain/skill-plan.js'
import type {InstalledCopy, ListedSkill} from '../src/services/list-skills.js'

const PAPER = {homeFolder: normalize('/home/ada'), columns: undefined, color: false}

const LISTED: ListedSkill = {
  name: 'one',
  plugin: '@x/plugin',
  version: '1.0.0',
  description: 'What.',
  installed: [],
  allowedTools: [],
  problems: [],
}

function copy(state: InstalledCopy['state'], folder: string): InstalledCopy {
  const path = normalize(`/home/ada/${folder}/one`)
  return {scope: 'user', path, readers: ['Codex'], state, version: '1.0.0', edited: []}
}

function outcome(more: Partial<SkillOutcome>): SkillOutcome {
  return {
    skill: 'one',
    plugin: '@x/plugin',
    version: '1.0.0',
    action: 'installed',
    scope: 'user',
    path: normalize('/home/ada/.agents/skills/one'),
    readers: ['Codex', 'Cursor'],
    ...more,
  }
}

describe('skillsText', () => {
  it('is a table of skills, and of where they are installed', () => {
    const copies = [copy('current', '.a'), copy('edited', '.b'), copy('outdated', '.c')]
    const installed = [...copies, copy('foreign', '.d')]
    const text = skillsText([LISTED, {...LISTED, name: 'two', installed}], PAPER)
    expect(text.replaceAll('\\', '/').split('\n')).to.deep.equal([
      'skill  plugin     version  installed',
      'one    @x/plugin  1.0.0    nowhere',
      'two    @x/plugin  1.0.0    ~/.a/one, ~/.b/one (edited), ~/.c/one (outdated), ~/.d/one (not by mogplex)',
    ])
  })

  it('lists unusable skills, and says when there are none', () => {
    const bad = {...LISTED, name: 'b\u001b[2Jad', problems: ['no name', 'no SKILL.md']}
    expect(skillsText([bad], PAPER)).to.equal(
      'Not usable: b [2Jad, of @x/plugin: no name; no SKILL.md.',
    )
    expect(skillsText([], PAPER)).to.equal('No installed plugin contributes a skill.')
  })
})

describe('skillOutcomesText', () => {
  it('lists for each skill the action, the place, the hosts, and why it was skipped', () => {
    const text = skillOutcomesText(
      [
        outcome({allowedTools: ['Bash(git status:*)', 'Re\u001bad']}),
        outcome({action: 'left', readers: ['Claude Code'], why: 'SKILL.md was edited'}),
        outcome({skill: 'two', action: 'failed', path: null, readers: [], why: 'no SKILL.md'}),
        outcome({skill: 'three', action: 'skipped', path: null, readers: [], why: 'not ours'}),
      ],
      false,
      'nothing',
      PAPER,
    )
    expect(text.replaceAll('\\', '/').split('\n')).to.deep.equal([
      'one, @x/plugin 1.0.0',
      '  may use        Bash(git status:*), Re ad, without asking you, where the host grants it',
      '  installed      ~/.agents/skills/one, for Codex, Cursor',
      '  left as it is  ~/.agents/skills/one, for Claude Code: SKILL.md was edited',
      'two, @x/plugin 1.0.0',
      '  failed  no SKILL.md',
      'three, @x/plugin 1.0.0',
      '  not installed  not ours',
    ])
  })

  it('lists planned actions, and says when there is nothing to do', () => {
    const actions = ['installed', 'updated', 'replaced', 'left', 'removed', 'unchanged'] as const
    const outcomes = actions.map((action) => outcome({action}))
    const [, ...lines] = skillOutcomesText(outcomes, true, 'nothing', PAPER).split('\n')
    expect(lines.map((line) => line.replace(/ {2,}~.*/, '').trim())).to.deep.equal([
      'would be installed',
      'would be updated',
      'would be replaced',
      'would be left as it is',
      'would be removed',
      'up to date',
    ])
    expect(skillOutcomesText([], true, 'nothing', PAPER)).to.equal('nothing')
  })

  it('emphasises the name, and names no plugin for skills that mogplex did not install', () => {
    const unknown = outcome({plugin: null, version: null, action: 'left', why: 'not ours'})
    const [headline] = skillOutcomesText([unknown], false, '', {...PAPER, color: true}).split('\n')
    expect(headline).to.match(/^\u001b\[1mone\u001b\[22m/)
  })
})

describe('forceAdvice', () => {
  it('is given for skipped skills, not for failed ones', () => {
    expect(forceAdvice([outcome({action: 'left'})], 'replaces')).to.equal(
      'What was left stays as it is; --force replaces it.',
    )
    expect(forceAdvice([outcome({action: 'failed'})], 'replaces')).to.equal(undefined)
    expect(forceAdvice([outcome({})], 'removes')).to.equal(undefined)
  })
})
