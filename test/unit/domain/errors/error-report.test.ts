import {Errors} from '@oclif/core'
import {expect} from 'chai'
import {
  isQuietExit,
  quietExitCode,
  reportOf as report,
} from '../../../../src/domain/errors/error-report.js'
import {NotLoggedInError} from '../../../../src/domain/errors/authentication.js'
import {RemoteError, UnreachableError} from '../../../../src/domain/errors/remote.js'
import {answeredBy} from '../../../../src/domain/errors/server-facts.js'

const reportOf = (error: unknown, command: string) => report(error, command, (text) => text)

/** Like the redactor, it accepts only a text. */
const redactText = (text: string): string => text.replaceAll('hunter2', '[redacted]')

const UNEXPECTED_REMEDY = 'Try again; if the problem persists, report it.'

describe('reportOf', () => {
  it('is exactly code, message, remedy and exit code of an error of ours', () => {
    const error = Object.assign(new NotLoggedInError(), {cause: new Error('inner'), extra: 1})
    const {message, remedy} = error
    expect(reportOf(error, 'mogplex whoami')).to.deep.equal({
      code: 'NOT_LOGGED_IN',
      message,
      remedy,
      exitCode: 64,
    })
    expect(reportOf(new UnreachableError('It is away.'), 'mogplex').exitCode).to.equal(69)
  })

  it('describes a value that cannot be converted to text', () => {
    const odd = [Object.create(null), {toString: () => ({})}] as unknown[]
    for (const thrown of odd) {
      const {code, message} = reportOf(thrown, 'mogplex')
      expect([code, message]).to.deep.equal(['UNEXPECTED', 'An unknown value was thrown.'])
    }
  })

  it('describes an error whose fields throw when they are read', () => {
    const error = new Error('x')
    for (const name of ['message', 'code', 'remedy', 'exitCode', 'oclif', 'suggestions']) {
      Object.defineProperty(error, name, {
        get: () => {
          throw new Error('on purpose')
        },
      })
    }
    const proxy: unknown = new Proxy(error, {
      getPrototypeOf: () => {
        throw new Error('on purpose')
      },
    })
    for (const thrown of [error, proxy]) {
      expect(reportOf(thrown, 'mogplex')).to.include({code: 'UNEXPECTED', exitCode: 1})
      expect([isQuietExit(thrown), quietExitCode(thrown)]).to.deep.equal([false, 0])
    }
  })

  it('recognises an error of another copy of the kit by its shape', () => {
    const error = Object.assign(new Error('No.'), {code: 'X', remedy: 'Run it.', exitCode: 65})
    expect(reportOf(error, 'mogplex')).to.deep.equal({
      code: 'X',
      message: 'No.',
      remedy: 'Run it.',
      exitCode: 65,
    })
  })

  it("includes the facts of the response, with the server's numbers", () => {
    const answer = {status: 503, headers: {'x-vercel-id': 'iad1::hunter2\u001B[2J'}}
    const error = answeredBy(answer, new RemoteError('It is away.', 'Wait.', 255_332_672))
    expect(report(error, 'mogplex', redactText)).to.deep.equal({
      code: 'REMOTE',
      message: 'It is away.',
      remedy: 'Wait.',
      exitCode: 69,
      status: 503,
      retryAfterSeconds: 255_332_672,
      requestId: 'iad1::[redacted] [2J',
    })
  })

  it('includes the details of a plugin, redacted, for errors of the kit only', () => {
    const details = {repository: 'hunter2', tried: 2}
    const kits = {code: 'X', remedy: 'Run it.', exitCode: 65, details}
    expect(report(Object.assign(new Error('No.'), kits), 'mogplex', redactText)).to.deep.equal({
      code: 'X',
      message: 'No.',
      remedy: 'Run it.',
      exitCode: 65,
      details: {repository: '[redacted]', tried: 2},
    })
    const other = Object.assign(new Error('No.'), {details})
    expect(report(other, 'mogplex', redactText)).not.to.have.property('details')
  })

  it('includes nothing else as a fact of the response', () => {
    const odd = {status: '503', retryAfterSeconds: -1, requestId: {}}
    expect(reportOf(Object.assign(new NotLoggedInError(), odd), 'mogplex')).to.have.all.keys(
      'code',
      'message',
      'remedy',
      'exitCode',
    )
  })

  for (const part of [
    {code: 'X', remedy: 'Run it.'},
    {code: 'X', exitCode: 65},
    {remedy: 'Run it.', exitCode: 65},
    {code: 1, remedy: 'Run it.', exitCode: 65},
    {code: 'ENOENT', errno: -2, path: '/x'},
  ]) {
    it(`treats an error with only ${JSON.stringify(part)} as unexpected`, () => {
      const report = reportOf(Object.assign(new Error('No.'), part), 'mogplex')
      expect(report).to.deep.equal({
        code: 'UNEXPECTED',
        message: 'No.',
        remedy: UNEXPECTED_REMEDY,
        exitCode: 1,
      })
    })
  }

  it('removes the colours of oclif, and its headline', () => {
    const text =
      'The following error occurred:\n  \u001B[2m--a=true cannot also be provided when using --b\u001B[22m\nSee more help with --help'
    const error = new Errors.CLIError(text, {exit: 2})
    expect(reportOf(error, 'mogplex login').message).to.equal(
      '--a and --b cannot be used together.',
    )
  })

  it('points to the help of the command for a usage error of oclif', () => {
    const error = new Errors.CLIError('Nonexistent flag: --x\nSee more help with --help', {exit: 2})
    expect(reportOf(error, 'mogplex login')).to.deep.equal({
      code: 'USAGE',
      message: '`mogplex login` has no flag --x.',
      remedy: 'Run `mogplex login --help`.',
      exitCode: 2,
    })
  })

  it('keeps other exit codes that oclif carries', () => {
    const report = reportOf(new Errors.CLIError('No.', {exit: 7}), 'mogplex')
    expect(report).to.include({code: 'UNEXPECTED', exitCode: 7})
  })

  it("passes on a plugin's suggestions, in oclif's form, redacted", () => {
    const error = new Errors.CLIError('No.', {exit: 7, suggestions: ['Ask hunter2.', 'Wait.']})
    const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]')
    expect(report(error, 'mogplex', redact).remedy).to.equal('Ask [redacted].\nWait.')
  })

  it('never exits with 0, whatever an unknown error carries', () => {
    const error = Object.assign(new Error('No.'), {oclif: {exit: 0}})
    expect(reportOf(error, 'mogplex').exitCode).to.equal(1)
    expect(reportOf(Object.assign(new Error('No.'), {oclif: null}), 'mogplex').exitCode).to.equal(1)
  })

  for (const exit of [256, -1, 1.5, NaN, Infinity]) {
    it(`exits with 1 where an error carries ${exit}, which is not a failing exit code`, () => {
      const oclifs = Object.assign(new Error('No.'), {oclif: {exit}})
      expect(reportOf(oclifs, 'mogplex').exitCode).to.equal(1)
      const kits = Object.assign(new Error('No.'), {code: 'X', remedy: 'Run it.', exitCode: exit})
      expect(reportOf(kits, 'mogplex')).to.include({code: 'X', exitCode: 1})
      expect(quietExitCode(Object.assign(new Error(''), {oclif: {exit}}))).to.equal(1)
    })
  }

  it('exits with 1 where an error of the kit carries 0, and with 255 where it carries that', () => {
    const kits = {code: 'X', remedy: 'Run it.'}
    const codeOf = (exitCode: number): number =>
      reportOf(Object.assign(new Error('No.'), kits, {exitCode}), 'mogplex').exitCode
    expect([0, 1, 255].map(codeOf)).to.deep.equal([1, 1, 255])
  })

  for (const [message, said] of [
    [{a: 1}, '[object Object]'],
    [42, '42'],
    [undefined, 'An error without a message was thrown.'],
    [Object.create(null), 'An unknown value was thrown.'],
    ['', 'Error'],
  ] as const) {
    it(`reports "${said}" for an error whose message is not a text, or empty`, () => {
      const error = Object.defineProperty(new Error('x'), 'message', {value: message})
      expect(report(error, 'mogplex', redactText)).to.include({code: 'UNEXPECTED', message: said})
    })
  }

  it('reports the parts of an AggregateError without a message', () => {
    const parts = [new Error('One.'), 'two', Object.create(null)] as unknown[]
    const said = 'One.\ntwo\nAn unknown value was thrown.'
    expect(reportOf(new AggregateError(parts), 'mogplex').message).to.equal(said)
    expect(reportOf(new AggregateError(parts, 'All.'), 'mogplex').message).to.equal('All.')
    expect(reportOf(new AggregateError([]), 'mogplex').message).to.equal('AggregateError')
  })

  for (const thrown of ['No.', 42, undefined, null, {toString: () => 'No.'}]) {
    it(`describes ${String(thrown)} that was thrown instead of an error`, () => {
      expect(reportOf(thrown, 'mogplex')).to.include({code: 'UNEXPECTED', message: String(thrown)})
    })
  }

  it('shows no control characters, and keeps lines and their indentation', () => {
    const text = 'a\u001B[2J\u0007b\n  c\u202Ed\r\n\n e\n'
    const message = 'a b\n  c d\n\n e'
    expect(reportOf(new Error(text), 'mogplex').message).to.equal(message)
    expect(reportOf(new NotLoggedInError(text), 'mogplex').message).to.equal(message)
    expect(reportOf(text, 'mogplex').message).to.equal(message)
  })

  it('shows no escape sequences in any part, including a title and its text', () => {
    const attack = '\u001B]0;owned\u0007\u001B[2J\u001B(0\u009B31m'
    const kits = {code: `X${attack}`, remedy: `Run${attack} it.`, exitCode: 65}
    expect(reportOf(Object.assign(new Error(`N${attack}o.`), kits), 'mogplex')).to.deep.equal({
      code: 'X',
      message: 'No.',
      remedy: 'Run it.',
      exitCode: 65,
    })
    const oclifs = new Errors.CLIError(`N${attack}o.`, {exit: 7, suggestions: [`W${attack}ait.`]})
    expect(reportOf(oclifs, 'mogplex')).to.include({message: 'No.', remedy: 'Wait.'})
    expect(reportOf(`N${attack}o.`, 'mogplex').message).to.equal('No.')
  })

  it("keeps a command's own text about its command line", () => {
    const error = new Errors.CLIError('Nothing to do.\nName one.', {exit: 2})
    expect(reportOf(error, 'mogplex x')).to.include({
      code: 'USAGE',
      message: 'Nothing to do.\nName one.',
      remedy: 'Run `mogplex x --help`.',
    })
  })

  it('redacts before it truncates a text, including code and remedy', () => {
    const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]')
    const ours = Object.assign(new Error(`${'x'.repeat(998)}hunter2`), {
      code: 'X_hunter2',
      remedy: 'Not hunter2.',
      exitCode: 65,
    })
    expect(JSON.stringify(report(ours, 'mogplex', redact))).not.to.match(/hunt/)
    expect(JSON.stringify(report('hunter2', 'mogplex', redact))).not.to.match(/hunt/)
  })

  it('contains no stack, no cause and no other field', () => {
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
  it('is true only for the error by which oclif exits', () => {
    expect(isQuietExit(new Errors.ExitError(0))).to.equal(true)
    expect(isQuietExit(new Errors.CLIError('No.'))).to.equal(false)
    expect(isQuietExit({code: 'EEXIT'})).to.equal(false)
    expect(isQuietExit(undefined)).to.equal(false)
  })
})
