import {expect} from 'chai'
import {UnknownSkillError} from '../../src/domain/errors.js'
import {expectError} from '../../../../test/unit/domain/errors/expect-error.js'

describe('the errors of skills', () => {
  it('report that no plugin contributes a skill, with exit 2', () => {
    const error = new UnknownSkillError('nope')
    expectError(error, {code: 'UNKNOWN_SKILL', exitCode: 2})
    expect(error.message).to.equal('No installed plugin contributes a skill "nope".')
  })
})
