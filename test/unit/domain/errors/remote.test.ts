import {expect} from 'chai'
import {RemoteError, UnreachableError} from '../../../../src/domain/errors/remote.js'
import {expectError} from './expect-error.js'

describe('the errors of network and server', () => {
  it('have exit 69 and what to do', () => {
    expectError(new RemoteError('It answers 500.'), {code: 'REMOTE', exitCode: 69})
    expectError(new UnreachableError('It is away.'), {code: 'UNREACHABLE', exitCode: 69})
    expect(new UnreachableError('It is away.')).to.be.instanceOf(RemoteError)
    expect(new RemoteError('It answers 500.', 'Set it.').remedy).to.equal('Set it.')
  })
})
