import {expect} from 'chai'
import {BadSettingError, UsageError} from '../../../../src/domain/errors/usage.js'
import {expectError} from './expect-error.js'

describe('the errors of the command line and the settings', () => {
  it('have exit 2 and a remedy', () => {
    expectError(new UsageError('That is no flag.', 'Run it.'), {code: 'USAGE', exitCode: 2})
    const setting = new BadSettingError('MOGPLEX_URL', 'has a path', 'Set it to a root.')
    expectError(setting, {code: 'BAD_SETTING', exitCode: 2})
    expect(setting).to.be.instanceOf(UsageError)
    expect(setting.message).to.equal('MOGPLEX_URL has a path.')
  })
})
