import {expect} from 'chai'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {
  durationText,
  outcomeText,
  runText,
  signedInText,
  signedOutText,
  troubleText,
  windowText,
} from '../../../../src/app/run/run-text.js'
import {CredentialRejectedError} from '../../../../src/domain/errors/authentication.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {makeAccount} from '../../../support/make-account.js'
import {makeRun, RUN_ID} from '../../../support/make-run.js'

const palette = paletteFor(false)
const STARTED = new Date('2026-11-23T16:00:00Z')

describe('runText', () => {
  const display = {palette, now: STARTED}

  it('names the run, and what is known about it', () => {
    const [first, ...rows] = runText(makeRun(), 'ada/mend', display).split('\n')
    expect(first).to.equal(`Run ${RUN_ID}`)
    const names = rows.map((row) => row.trim().split(/\s+/)[0])
    expect(names).to.deep.equal(['status', 'started', 'harness', 'repository', 'branch'])
    expect(rows[3]).to.match(/ada\/mend$/)
    expect(rows[4]).to.match(/mogplex\/mend from main$/)
  })

  it('leaves out unknown facts, and shows the id of a repository without a name', () => {
    const branch = {base: 'main', working: ''}
    const text = runText(makeRun({branch, createdAt: undefined}), undefined, display)
    expect(text).to.include(makeRun().repoId).and.not.include('started')
    expect(text).to.match(/main$/)
    const same = {base: 'main', working: 'main'}
    expect(runText(makeRun({branch: same}), undefined, display)).not.to.include('from')
  })
})

describe('outcomeText', () => {
  it('shows the outcome, the duration, and why it failed', () => {
    const updatedAt = new Date('2026-11-23T16:02:13Z')
    const failed = makeRun({status: 'failed', updatedAt, error: 'The sandbox is gone.'})
    expect(outcomeText(failed, palette)).to.equal(
      'Run ended: failed after 2m 13s: The sandbox is gone.',
    )
    const good = makeRun({status: 'success', updatedAt, error: 'An old one.'})
    expect(outcomeText(good, palette)).to.equal('Run ended: success after 2m 13s')
  })

  it('shows no duration where the times are inconsistent', () => {
    const run = makeRun({status: 'cancelled', updatedAt: new Date(STARTED.getTime() - 1)})
    expect(outcomeText(run, palette)).to.equal('Run ended: cancelled')
  })
})

describe('troubleText', () => {
  it('says when the next attempt is, never "at once"', () => {
    const error = new RemoteError('It is away.')
    expect(troubleText(error, 90_000)).to.include('It is away.').and.include('1m 30s')
    expect(troubleText(error, 3)).to.include('1s')
  })

  it('names no time where a countdown is shown', () => {
    expect(troubleText(new RemoteError('It is away.'))).not.to.match(/\d/)
  })
})

describe('signedOutText', () => {
  const error = new CredentialRejectedError('It is over.')
  const until = new Date(2026, 10, 24, 0, 5)
  const account = makeAccount({id: 'usr_1', email: 'ada@example.com'})

  it('says what happened, how to sign in, with which account, and until when it waits', () => {
    expect(signedOutText({type: 'signed-out', error, account, until}))
      .to.match(/^It is over\.\nRun `mogplex login`/)
      .and.include(' as ada@example.com')
      .and.include(' until 00:05')
  })

  it('names no account where none is known', () => {
    const text = signedOutText({type: 'signed-out', error, account: undefined, until})
    expect(text).not.to.include(' as ')
    expect(signedInText(undefined)).not.to.include(' as ')
    expect(signedInText(account)).to.include(' as ada@example.com')
  })
})

describe('windowText', () => {
  it('says how many events the API shows of a long run', () => {
    expect(windowText(200)).to.match(/only the first 200 events/)
  })
})

describe('durationText', () => {
  for (const [milliseconds, text] of [
    [0, '0s'],
    [59_999, '59s'],
    [60_000, '1m 00s'],
    [3_599_999, '59m 59s'],
    [3_720_000, '1h 02m'],
  ] as const) {
    it(`writes ${milliseconds} ms as ${text}`, () => {
      expect(durationText(milliseconds)).to.equal(text)
    })
  }
})
