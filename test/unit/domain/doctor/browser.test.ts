import {expect} from 'chai'
import {type BrowserFacts, browserFinding} from '../../../../src/domain/doctor/browser.js'
import {writeFor} from '../../../../src/domain/platform/shell.js'

const HERE = {ssh: undefined, container: false, wsl: false, canShowBrowser: true}
const FACTS: BrowserFacts = {
  named: undefined,
  surroundings: HERE,
  platform: 'linux',
  isSignedIn: false,
  isProgram: (name) => name === 'firefox',
}
const state = (facts: Partial<BrowserFacts>): string => browserFinding({...FACTS, ...facts}).state

describe('browserFinding', () => {
  it('accepts a browser that is visible, or that BROWSER names', () => {
    expect(state({})).to.equal('fine')
    expect(state({named: 'lynx:firefox %s'})).to.equal('fine')
    expect(state({platform: 'darwin', isProgram: () => false})).to.equal('fine')
  })

  it('finds a BROWSER that names nothing, and a desktop without one or without a display', () => {
    expect(state({named: 'lynx'})).to.equal('wrong')
    expect(state({named: 'lynx', isSignedIn: true})).to.equal('wrong')
    expect(state({isProgram: () => false})).to.equal('wrong')
    expect(state({surroundings: {...HERE, canShowBrowser: false}})).to.equal('wrong')
  })

  it('names the command of the shell in use that unsets BROWSER', () => {
    writeFor({PROMPT: '$P$G'}, 'win32')
    expect(browserFinding({...FACTS, named: 'lynx'}).remedy).to.equal('set BROWSER=')
    writeFor({}, 'linux')
    expect(browserFinding({...FACTS, named: 'lynx'}).remedy).to.equal('unset BROWSER')
  })

  it('reports no problem where nobody has to sign in, or the browser is elsewhere', () => {
    const surroundings = {...HERE, canShowBrowser: false}
    expect(state({surroundings, isSignedIn: true})).to.equal('fine')
    expect(state({surroundings: {...surroundings, container: true}})).to.equal('fine')
    const ssh = {destination: 'ada@203.0.113.7'}
    const finding = browserFinding({...FACTS, surroundings: {...surroundings, ssh}})
    expect(finding.state).to.equal('fine')
    expect(finding.what).to.include('over SSH').and.not.include('203.0.113.7')
  })
})
