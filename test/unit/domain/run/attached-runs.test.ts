import {expect} from 'chai'
import {
  type AttachedRun,
  attachedRunsOf,
  formatAttachedRuns,
  parseAttachedRuns,
  withAttachedRun,
} from '../../../../src/domain/run/attached-runs.js'
import {NOW} from '../../../support/make-credential.js'

const ADA = {issuer: 'https://mogplex.com', id: 'usr_1'}
const GRACE = {issuer: 'https://mogplex.com', baseUrl: 'https://api.mogplex.com', id: 'usr_2'}

function attached(id: string, account = ADA): AttachedRun {
  return {id, at: NOW, branch: 'mogplex/mend', account}
}

describe('the runs that were attached to', () => {
  it('are the newest first, without duplicates for an account', () => {
    const runs = [attached('b'), attached('a'), attached('a', GRACE)]
    expect(withAttachedRun(runs, attached('a'))).to.deep.equal([
      attached('a'),
      attached('b'),
      attached('a', GRACE),
    ])
  })

  it('are no more than fifty', () => {
    const runs = Array.from({length: 50}, (_, index) => attached(`run-${index}`))
    const more = withAttachedRun(runs, attached('new'))
    expect(more).to.have.length(50)
    expect(more.map(({id}) => id))
      .to.include('new')
      .and.not.include('run-49')
  })

  it('are shown only for the account in use', () => {
    const runs = [attached('a'), attached('b', GRACE), attached('c', {...ADA, issuer: 'https://x'})]
    expect(attachedRunsOf(runs, ADA).map(({id}) => id)).to.deep.equal(['a'])
    expect(attachedRunsOf(runs, GRACE).map(({id}) => id)).to.deep.equal(['b'])
  })

  it('survive a round trip', () => {
    const runs = [attached('a'), attached('b', GRACE)]
    expect(parseAttachedRuns(formatAttachedRuns(runs))).to.deep.equal(runs)
  })

  it('exclude invalid ones, and texts that could move a cursor', () => {
    const good = {id: 'a', at: NOW.toISOString(), branch: '\u001b[2Jx', account: ADA}
    const odd = [7, {}, {...good, id: '../x'}, {...good, at: 'soon'}, {...good, account: null}]
    const runs = parseAttachedRuns(JSON.stringify({runs: [...odd, good]}))
    expect(runs.map(({id}) => id)).to.deep.equal(['a'])
    expect(runs[0]?.branch).not.to.include('\u001b')
    for (const text of ['', '[]', '{"runs":{}}']) expect(parseAttachedRuns(text)).to.deep.equal([])
  })
})
