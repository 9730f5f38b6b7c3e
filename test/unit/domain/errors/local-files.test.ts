import {expect} from 'chai'
import {BrokenAuthFileError, LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {expectError} from './expect-error.js'

describe('the errors of local files', () => {
  it('have exit 1 and a remedy', () => {
    const error = new LocalFileError('/a/b is a folder.', 'Move it away.')
    expectError(error, {code: 'LOCAL_FILE', exitCode: 1})
    const broken = new BrokenAuthFileError('/a/auth.json', 'it is not JSON')
    expectError(broken, {code: 'AUTH_FILE_BROKEN', exitCode: 1})
  })

  it('include the path of a broken auth file', () => {
    const broken = new BrokenAuthFileError('/a/auth.json', 'it is not JSON')
    expect(broken).to.be.instanceOf(LocalFileError)
    expect(broken.message).to.equal('/a/auth.json cannot be read: it is not JSON.')
    expect(broken.path).to.equal('/a/auth.json')
  })
})
