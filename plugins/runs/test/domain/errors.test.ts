import {expect} from 'chai'
import {
  BrowserOnlyError,
  NoSuchRepositoryError,
  NoSuchRunError,
  NotUnderstoodError,
  UsageError,
} from '../../src/domain/errors.js'

describe('the errors of runs', () => {
  const ROWS = [
    [new UsageError('No.', 'Do.'), 'USAGE', 2, 'Do.'],
    [new NoSuchRunError('r1'), 'NO_SUCH_RUN', 1, 'mogplex whoami'],
    [new NoSuchRepositoryError('x', []), 'NO_SUCH_REPOSITORY', 1, 'mogplex repos list'],
    [new NoSuchRepositoryError('x', ['a/x', 'b/x']), 'NO_SUCH_REPOSITORY', 1, 'a/x, b/x?'],
    [new NotUnderstoodError('a run'), 'REMOTE', 69, 'Try again'],
    [new BrowserOnlyError('https://m.example'), 'BROWSER_ONLY', 65, 'Open https://m.example'],
  ] as const
  for (const [error, code, exitCode, remedy] of ROWS) {
    it(`have a remedy for ${code} (${exitCode}): ${remedy}`, () => {
      expect(error).to.include({code, exitCode})
      expect(error.remedy).to.include(remedy)
    })
  }

  it('list the candidates for scripts', () => {
    const error = new NoSuchRepositoryError('x', ['a/x'])
    expect(error.details).to.deep.equal({candidates: ['a/x']})
  })
})
