import {expect} from 'chai'
import {findingText, summaryText} from '../../../src/app/doctor-text.js'
import type {ReportedFinding} from '../../../src/domain/doctor/finding.js'
import {paletteFor} from '../../../src/terminal/palette.js'

const palette = paletteFor(false)
const FINE: ReportedFinding = {
  id: 'home',
  state: 'fine',
  what: '~/.mogplex is for you alone',
  remedy: null,
  fixable: false,
  mended: [],
}
const WRONG: ReportedFinding = {
  id: 'auth-file',
  state: 'wrong',
  what: 'auth.json is open',
  remedy: 'chmod 600 auth.json',
  fixable: true,
  mended: [],
}

describe('findingText', () => {
  it('is one line where the reader is not a terminal: the state, what, and the command', () => {
    const display = {palette, columns: undefined}
    expect(findingText(FINE, display)).to.equal(
      '  fine     home         ~/.mogplex is for you alone',
    )
    expect(findingText(WRONG, display)).to.equal(
      '  wrong    auth-file    auth.json is open  chmod 600 auth.json',
    )
  })

  it('adds a remedy of sentences after a full stop, and puts repairs first', () => {
    const finding = {...FINE, remedy: 'Free some space.', mended: ['removed a', 'removed b']}
    expect(findingText(finding, {palette, columns: undefined}).split('\n')).to.deep.equal([
      '  mended   home         removed a',
      '  mended   home         removed b',
      '  fine     home         ~/.mogplex is for you alone. Free some space.',
    ])
  })

  it('wraps with indentation, and does not break a command', () => {
    expect(findingText(WRONG, {palette, columns: 60})).to.equal(
      `  wrong    auth-file    auth.json is open\n${' '.repeat(24)}chmod 600 auth.json`,
    )
    expect(findingText(WRONG, {palette, columns: 40})).to.equal(
      '  wrong    auth-file\n    auth.json is open\n    chmod 600 auth.json',
    )
  })
})

describe('summaryText', () => {
  const summary = (findings: ReportedFinding[], command?: string): string =>
    summaryText(findings, {palette, command})
  const unknown: ReportedFinding = {...FINE, state: 'unknown'}

  it('counts failed checks, and names the command that repairs some', () => {
    expect(summary([FINE])).to.equal('All is well.')
    expect(summary([FINE, WRONG])).to.equal('1 thing is wrong.')
    expect(summary([WRONG], 'doctor --fix')).to.equal(
      '1 thing is wrong. It is mended by  doctor --fix',
    )
    expect(summary([WRONG, {...WRONG, fixable: false}, unknown], 'doctor --fix')).to.equal(
      '2 things are wrong, 1 could not be checked. 1 of them is mended by  doctor --fix',
    )
  })
})
