import {expect} from 'chai'
import {
  NotAPluginError,
  NpmFailedError,
  PluginFailedError,
  UnknownPluginError,
} from '../../../../src/domain/errors/plugin.js'
import {expectError} from './expect-error.js'

describe('the error of a plugin', () => {
  it('has exit 1, and names the plugin and how to remove it', () => {
    const error = new PluginFailedError('usage', 'on purpose')
    expectError(error, {code: 'PLUGIN_FAILED', exitCode: 1})
    expect(error.message).to.equal('The plugin usage failed: on purpose.')
    expect(error.remedy).to.include('`mogplex plugins uninstall usage`')
  })
})

describe('the errors of installing a plugin', () => {
  it('have exit 2 where the package is not a plugin, or missing, and 1 where npm fails', () => {
    expectError(new NotAPluginError('/x'), {code: 'NOT_A_PLUGIN', exitCode: 2})
    expectError(new UnknownPluginError('None.', 'Use it.'), {code: 'UNKNOWN_PLUGIN', exitCode: 2})
    expectError(new NpmFailedError('It failed.'), {code: 'NPM_FAILED', exitCode: 1})
  })
})
