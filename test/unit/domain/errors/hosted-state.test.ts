import {expect} from 'chai'
import {LoginChangedError, NotSyncedError} from '../../../../src/domain/errors/hosted-state.js'
import {expectError} from './expect-error.js'

describe('NotSyncedError', () => {
  it('has exit 1, and names the command that syncs', () => {
    const models = new NotSyncedError('models')
    expectError(models, {code: 'NOT_SYNCED', exitCode: 1})
    expect(models.remedy).to.equal('Run `mogplex models --refresh`.')
    const servers = new NotSyncedError('mcp-servers')
    expectError(servers, {code: 'NOT_SYNCED', exitCode: 1})
    expect(servers.message).to.include('MCP servers')
    expect(servers.remedy).to.equal('Run `mogplex mcp --refresh`.')
  })
})

describe('LoginChangedError', () => {
  it('has exit 1', () => {
    expectError(new LoginChangedError(), {code: 'LOGIN_CHANGED', exitCode: 1})
  })
})
