import {expect} from 'chai'
import {PluginFailedError} from '../../../../src/domain/errors/plugin.js'
import {expectError} from './expect-error.js'

describe('the error of a plugin', () => {
  it('has exit 1, and names the plugin and how to get rid of it', () => {
    const error = new PluginFailedError('usage', 'on purpose')
    expectError(error, {code: 'PLUGIN_FAILED', exitCode: 1})
    expect(error.message).to.equal('The plugin usage failed: on purpose.')
    expect(error.remedy).to.include('`mogplex plugins uninstall usage`')
  })
})
