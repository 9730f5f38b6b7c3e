import {expect} from 'chai'
import {CredentialRejectedError} from '../../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {RemoteError, UnreachableError} from '../../../../src/domain/errors/remote.js'
import {failureOf, mayHaveArrived} from '../../../../src/domain/refresh/refresh-failure.js'
import {NOW} from '../../../support/make-credential.js'

describe('failureOf', () => {
  it('keeps what the next process should be told', () => {
    const limited = new RateLimitedError('mogplex.com', 7)
    const {message, remedy} = limited
    expect(failureOf(limited, NOW, false)).to.deep.equal({
      ...{at: NOW, exitCode: 75, lost: false, message, remedy, retryAfterSeconds: 7},
    })
    expect(failureOf(new RemoteError('It is away.'), NOW, true)).to.include({
      ...{exitCode: 69, lost: true, message: 'It is away.'},
    })
  })

  it('keeps nothing of what only this process met', () => {
    for (const error of [
      new LocalFileError('The disk is full.', 'Free some space.'),
      new CredentialRejectedError('It ended.'),
      new Error('A bug.'),
      'nothing',
    ]) {
      expect(failureOf(error, NOW, true)).to.equal(undefined)
    }
  })
})

describe('mayHaveArrived', () => {
  it('is true unless the server cannot have done anything', () => {
    expect(mayHaveArrived(new RemoteError('It answers 500.'))).to.equal(true)
    expect(mayHaveArrived(new UnreachableError('It was cut.'))).to.equal(true)
    expect(mayHaveArrived(new Error('Who knows.'))).to.equal(true)
    expect(mayHaveArrived(new UnreachableError('No DNS.', undefined, false))).to.equal(false)
    expect(mayHaveArrived(new RateLimitedError('mogplex.com'))).to.equal(false)
  })
})
