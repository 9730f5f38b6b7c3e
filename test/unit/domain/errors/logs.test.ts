import {expect} from 'chai'
import {NoSuchLogError} from '../../../../src/domain/errors/logs.js'

describe('NoSuchLogError', () => {
  for (const [id, message, remedy] of [
    [undefined, 'No session has a log yet.', /has one\.$/],
    ['s1', 'Session s1 has no log.', /^Run `mogplex logs`/],
  ] as const) {
    it(`is exit 1, and says for ${id ?? 'none'} what exists`, () => {
      const error = new NoSuchLogError(id)
      expect(error).to.include({code: 'NO_SUCH_LOG', exitCode: 1, message})
      expect(error.remedy).to.match(remedy)
    })
  }
})
