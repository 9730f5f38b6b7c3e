import {Errors} from '@oclif/core'
import {expect} from 'chai'
import {isQuietExit, quietExitCode, reportOf as report} from '../../../src/domain/error-report.js'
import {NotLoggedInError} from '../../../src/domain/errors/authentication.js'
import {UnreachableError} from '../../../src/domain/errors/remote.js'

const reportOf = (error: unknown, command: string) => report(error, command, (text) => text)

const UNEXPECTED_REMEDY = 'Try again; if it stays so, report it.'

describe('reportOf', () => {
  it('is code, message, remedy and exit code of an error of ours, and nothing else', () => {
    const error = Object.assign(new NotLoggedInError(), {cause: new Error('inner'), extra: 1})
    expect(reportOf(error, 'mogplex whoami')).to.deep.equal({
      code: 'NOT_LOGGED_IN',
      message: 'No Mogplex credential was found.',
      remedy: 'Run `mogplex login`, or set MOGPLEX_API_KEY in CI.',
      exitCode: 64,
    })
    expect(reportOf(new UnreachableError('It is away.'), 'mogplex').exitCode).to.equal(69)
  })

  it('describes what cannot be made a text', () => {
    const odd = [Object.create(null), {toString: () => ({})}] as unknown[]
    for (const thrown of odd) {
      const {code, message} = reportOf(thrown, 'mogplex')
      expect([code, message]).to.deep.equal([
        'UNEXPECTED',
        'Something was thrown that is no error.',
      ])
    }
  })

  it('knows an error of another copy of the kit by its shape', () => {
    const error = Object.assign(new Error('No.'), {code: 'X', remedy: 'Run it.', exitCode: 65})
    expect(reportOf(error, 'mogplex')).to.deep.equal({
      ...{code: 'X', message: 'No.', remedy: 'Run it.', exitCode: 65},
    })
  })

  for (const part of [
    {code: 'X', remedy: 'Run it.'},
    {code: 'X', exitCode: 65},
    {remedy: 'Run it.', exitCode: 65},
    {code: 1, remedy: 'Run it.', exitCode: 65},
    {code: 'ENOENT', errno: -2, path: '/x'},
  ]) {
    it(`takes an error with only ${JSON.stringify(part)} for something unexpected`, () => {
      const report = reportOf(Object.assign(new Error('No.'), part), 'mogplex')
      expect(report).to.deep.equal({
        ...{code: 'UNEXPECTED', message: 'No.', remedy: UNEXPECTED_REMEDY, exitCode: 1},
      })
    })
  }

  it('points to the help of the command for a usage error of oclif', () => {
    const error = new Errors.CLIError('Nonexistent flag: --x\nSee more help with --help', {exit: 2})
    expect(reportOf(error, 'mogplex login')).to.deep.equal({
      code: 'USAGE',
      message: 'Nonexistent flag: --x',
      remedy: 'Run `mogplex login --help`.',
      exitCode: 2,
    })
  })

  it('keeps another exit code that oclif carries', () => {
    const report = reportOf(new Errors.CLIError('No.', {exit: 7}), 'mogplex')
    expect(report).to.include({code: 'UNEXPECTED', exitCode: 7})
  })

  it('passes on what a plugin advises, by the means of oclif, redacted', () => {
    const error = new Errors.CLIError('No.', {exit: 7, suggestions: ['Ask hunter2.', 'Wait.']})
    const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]')
    expect(report(error, 'mogplex', redact).remedy).to.equal('Ask [redacted].\nWait.')
  })

  it('does not end with 0, whatever an unknown error carries', () => {
    const error = Object.assign(new Error('No.'), {oclif: {exit: 0}})
    expect(reportOf(error, 'mogplex').exitCode).to.equal(1)
    expect(reportOf(Object.assign(new Error('No.'), {oclif: null}), 'mogplex').exitCode).to.equal(1)
  })

  for (const thrown of ['No.', 42, undefined, null, {toString: () => 'No.'}]) {
    it(`describes ${String(thrown)} that was thrown instead of an error`, () => {
      expect(reportOf(thrown, 'mogplex')).to.include({code: 'UNEXPECTED', message: String(thrown)})
    })
  }

  it('shows no control characters, and keeps lines and their indent', () => {
    const text = 'a\u001B[2J\u0007b\n  c\u202Ed\r\n\n e\n'
    const message = 'a [2J b\n  c d\n\n e'
    expect(reportOf(new Error(text), 'mogplex').message).to.equal(message)
    expect(reportOf(new NotLoggedInError(text), 'mogplex').message).to.equal(message)
    expect(reportOf(text, 'mogplex').message).to.equal(message)
  })

  it('redacts before it cuts a text short, and its code and remedy too', () => {
    const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]')
    const ours = Object.assign(new Error(`${'x'.repeat(998)}hunter2`), {
      ...{code: 'X_hunter2', remedy: 'Not hunter2.', exitCode: 65},
    })
    expect(JSON.stringify(report(ours, 'mogplex', redact))).not.to.match(/hunt/)
    expect(JSON.stringify(report('hunter2', 'mogplex', redact))).not.to.match(/hunt/)
  })

  it('tells no stack, no cause and no other field', () => {
    const error = Object.assign(new Error('No.', {cause: new Error('inner')}), {
      options: {headers: {authorization: 'Bearer hunter2'}},
    })
    expect(JSON.stringify(reportOf(error, 'mogplex'))).not.to.match(/hunter2|inner|error-report/)
  })
})

describe('quietExitCode', () => {
  it('is the code that the error carries', () => {
    expect(quietExitCode(new Errors.ExitError(0))).to.equal(0)
    expect(quietExitCode(new Errors.ExitError(3))).to.equal(3)
  })
})

describe('isQuietExit', () => {
  it('is true only of the error by which oclif ends', () => {
    expect(isQuietExit(new Errors.ExitError(0))).to.equal(true)
    expect(isQuietExit(new Errors.CLIError('No.'))).to.equal(false)
    expect(isQuietExit({code: 'EEXIT'})).to.equal(false)
    expect(isQuietExit(undefined)).to.equal(false)
  })
})
