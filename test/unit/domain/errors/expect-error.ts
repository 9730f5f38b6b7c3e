import {MogplexError} from '@mogplex/plugin-kit/errors'
import {expect} from 'chai'

// The first words of remedies: each is an imperative sentence.
const IMPERATIVE = /^(Ask|Check|Correct|Get|Move|Repair|Run|Set|Try|Use) [^\n]+\.$/

/** What every error of ours guarantees for people, scripts and oclif. */
export function expectError(
  error: unknown,
  {code, exitCode}: {code: string; exitCode: number},
): void {
  if (!(error instanceof MogplexError)) throw new Error('This is not one of our errors.')
  expect(error.code).to.equal(code)
  expect(error.exitCode).to.equal(exitCode)
  expect(error.message).to.match(/^\S.*\.$/)
  expect(error.remedy).to.match(IMPERATIVE)
  expect(error.oclif).to.deep.equal({exit: exitCode})
  expect(error.suggestions).to.deep.equal([error.remedy])
  expect(Object.keys(error)).not.to.include('oclif').and.not.to.include('suggestions')
  expect(error.cause).to.equal(undefined)
}
