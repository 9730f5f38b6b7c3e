import {ExitCode} from '@mogplex/plugin-kit/errors'
import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {Recorder} from '../../../src/recording/recorder.js'
import {troubleOf} from '../../../src/recording/trouble.js'
import {NotLoggedInError} from '../../../src/domain/errors/authentication.js'
import {recorderAt} from './recorder-at.js'
import {temporaryHome} from '../../support/temporary-home.js'

interface Logged {
  readonly event: string
  readonly message?: string
  readonly stack?: string
}

/** Without long runs of one character: other tests register such values as secrets. */
const LONG = Array.from({length: 5000}, (_, index) => `at line ${index}`).join('\n')

describe('troubleOf', () => {
  let recorder: Recorder
  beforeEach(async () => {
    const home = await temporaryHome()
    recorder = recorderAt(home)
  })

  it('opens the log for an unexpected error, and names it', async () => {
    const cause = new Error('Inner.', {cause: 'a text'})
    const {report, log = ''} = await troubleOf(new Error('No.', {cause}), 'mogplex', recorder)
    expect(log)
      .to.equal(recorder.path)
      .and.to.match(/\.jsonl$/)
    expect(report.remedy).to.equal(`Try again; if the problem persists, report it with ${log}.`)
    const {event, message, stack} = await lastLine(log)
    expect([event, message]).to.deep.equal(['error', 'No.'])
    expect(stack).to.match(/^Error: No\.\n {4}at [^]*\nCaused by: Error: Inner\.\n {4}at /)
    expect(stack).not.to.match(/Caused by: undefined|a text/)
  })

  it('logs that it was a crash', async () => {
    const {log = ''} = await troubleOf(undefined, 'mogplex', recorder, 'crash')
    const line = await lastLine(log)
    expect(line).to.include({event: 'crash', message: 'undefined'})
    expect(line).not.to.have.property('stack')
  })

  it('follows circular causes for a while, and truncates long stacks', async () => {
    const error = new Error('No.')
    Object.assign(error, {cause: error, stack: LONG})
    const {log = ''} = await troubleOf(error, 'mogplex', recorder)
    const {stack = ''} = await lastLine(log)
    expect(stack.split('\nCaused by: ').map(({length}) => length)).to.deep.equal(
      Array<number>(6).fill(20_000),
    )
  })

  for (const stack of [null, undefined, 42]) {
    it(`logs an error whose stack is ${String(stack)}`, async () => {
      const {report, log = ''} = await troubleOf(
        Object.assign(new Error('No.'), {stack}),
        'mogplex',
        recorder,
      )
      expect(report.message).to.equal('No.')
      expect(await lastLine(log)).to.include({message: 'No.', stack: ''})
    })
  }

  it('opens no log for an expected error, or one that carries an exit code', async () => {
    const carrying = Object.assign(new Error('No.'), {oclif: {exit: 7}})
    for (const error of [new NotLoggedInError(), carrying]) {
      const {report, log} = await troubleOf(error, 'mogplex', recorder)
      expect(log).to.equal(undefined)
      expect(report.remedy).not.to.include('report it with')
    }
  })

  it('writes an expected error to a log that is open, without its stack', async () => {
    await recorder.open()
    const {report, log = ''} = await troubleOf(new NotLoggedInError(), 'mogplex', recorder)
    expect(report.exitCode).to.equal(ExitCode.Authentication)
    const line = await lastLine(log)
    expect(line).to.include({event: 'error', code: 'NOT_LOGGED_IN', level: 'error'})
    expect(line).not.to.have.property('stack')
  })

  it('describes it where there is no log', async () => {
    const {report, log} = await troubleOf(new Error('No.'), 'mogplex', undefined)
    expect(report).to.include({code: 'UNEXPECTED', message: 'No.', exitCode: 1})
    expect(report.remedy).to.equal('Try again; if the problem persists, report it.')
    expect(log).to.equal(undefined)
  })
})

async function lastLine(path: string): Promise<Logged> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  return JSON.parse(lines.at(-1) ?? '') as Logged
}
