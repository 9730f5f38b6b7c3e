import {expect} from 'chai'
import {CredentialRejectedError} from '../../../../src/domain/errors/authentication.js'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {failureOf} from '../../../../src/domain/refresh/refresh-failure.js'
import {NOW} from '../../../support/make-credential.js'

describe('failureOf', () => {
  it('keeps what the next process needs to know', () => {
    const limited = new RateLimitedError('mogplex.com', 7)
    const {message, remedy} = limited
    expect(failureOf(limited, NOW, false)).to.deep.equal({
      at: NOW,
      exitCode: 75,
      lost: false,
      message,
      remedy,
      retryAfterSeconds: 7,
    })
    expect(failureOf(new RemoteError('It is away.'), NOW, true)).to.include({
      exitCode: 69,
      lost: true,
      message: 'It is away.',
    })
  })

  it('keeps nothing that concerns only this process', () => {
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
