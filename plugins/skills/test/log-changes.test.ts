import {expect} from 'chai'
import {logChanges} from '../src/log-changes.js'
import type {SkillAction, SkillOutcome} from '../src/domain/skill-plan.js'

function outcome(action: SkillAction): SkillOutcome {
  return {
    skill: 'one',
    plugin: '@x/plugin',
    version: '1.0.0',
    action,
    scope: 'user',
    path: `/home/${action}`,
    readers: [],
  }
}

describe('logChanges', () => {
  it('logs completed and failed changes, and nothing else', async () => {
    const told: unknown[] = []
    const log = async (event: string, fields = {}) => Promise.resolve(void told.push(event, fields))
    await logChanges({log}, (['installed', 'unchanged', 'left', 'failed'] as const).map(outcome))
    const common = {skill: 'one', plugin: '@x/plugin', why: undefined}
    expect(told).to.deep.equal([
      'skill.changed',
      {...common, action: 'installed', path: '/home/installed'},
      'skill.changed',
      {...common, action: 'failed', path: '/home/failed'},
    ])
  })
})
