import {expect} from 'chai'
import {decideInstall, decideRemoval, fellShort} from '../../src/domain/skill-plan.js'
import {type FoundSkill, standingOf} from '../../src/domain/skill-standing.js'

const OLD = new Map([['SKILL.md', 'old']])
const NEW = new Map([['SKILL.md', 'new']])
const SKILL = {plugin: '@x/plugin', version: '2.0.0', fingerprints: NEW}
const record = {skill: 'a', plugin: '@x/plugin', version: '2.0.0', files: NEW}
const installed = (more: Partial<typeof record>, files = more.files ?? NEW): FoundSkill => ({
  kind: 'folder',
  record: {...record, ...more},
  files,
})

const CASES: readonly (readonly [
  what: string,
  found: FoundSkill,
  state: string,
  install: string,
  forced: string,
  removal: string,
  removalForced: string,
])[] = [
  ['nothing', {kind: 'nothing'}, 'absent', 'installed', 'installed', 'unchanged', 'unchanged'],
  ['the same', installed({}), 'current', 'unchanged', 'unchanged', 'removed', 'removed'],
  [
    ...(['an older one', installed({version: '1.0.0', files: OLD}), 'outdated'] as const),
    ...(['updated', 'updated', 'removed', 'removed'] as const),
  ],
  [
    ...(['one of another version, alike', installed({version: '1.0.0'}), 'outdated'] as const),
    ...(['updated', 'updated', 'removed', 'removed'] as const),
  ],
  [
    ...(['an edited one', installed({}, OLD), 'edited'] as const),
    ...(['left', 'replaced', 'left', 'removed'] as const),
  ],
  [
    ...(['one that we did not make', {kind: 'folder', record: undefined}, 'foreign'] as const),
    ...(['left', 'replaced', 'left', 'removed'] as const),
  ],
  [
    ...(['one of another plugin', installed({plugin: '@y/other'}), 'foreign'] as const),
    ...(['left', 'replaced', 'removed', 'removed'] as const),
  ],
  [
    ...(['a link', {kind: 'in-the-way', what: 'a link is there'}, 'blocked'] as const),
    ...(['left', 'left', 'left', 'left'] as const),
  ],
]

describe('the action for a skill', () => {
  for (const [what, found, state, install, forced, removal, removalForced] of CASES) {
    it(`where there is ${what}`, () => {
      const standing = standingOf(found, SKILL)
      expect(standing.state).to.equal(state)
      expect(decideInstall(standing, false).action).to.equal(install)
      expect(decideInstall(standing, true).action).to.equal(forced)
      const toRemove = standingOf(found, undefined)
      expect(decideRemoval(toRemove, false).action).to.equal(removal)
      expect(decideRemoval(toRemove, true).action).to.equal(removalForced)
    })
  }

  it('is explained when it is skipped', () => {
    const whyLeft = (found: FoundSkill) => decideInstall(standingOf(found, SKILL), false).why
    expect(whyLeft(installed({}, OLD))).to.equal('SKILL.md was edited')
    const two = new Map([...OLD, ['b.md', 'b']])
    expect(whyLeft(installed({}, two))).to.equal('SKILL.md and b.md were edited')
    const three = new Map([...two, ['c\u001b[2J.md', 'c']])
    expect(whyLeft(installed({}, three))).to.equal('SKILL.md and 2 more were edited')
    expect(whyLeft(installed({plugin: '@y/z'}))).to.equal('it was installed from @y/z')
    expect(whyLeft({kind: 'folder', record: undefined})).to.equal('mogplex did not install it')
    expect(whyLeft({kind: 'in-the-way', what: 'a link is there'})).to.equal('a link is there')
  })

  it('is incomplete only when something was skipped or failed', () => {
    const short = ['installed', 'updated', 'replaced', 'removed', 'unchanged', 'left', 'failed']
    const found = (short as never[]).filter((action) => fellShort({action}))
    expect(found).to.deep.equal(['left', 'failed'])
  })
})
