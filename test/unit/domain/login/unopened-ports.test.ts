import {expect} from 'chai'
import {unopenedText} from '../../../../src/domain/login/unopened-ports.js'

describe('unopenedText', () => {
  it('names the ports that are in use', () => {
    const both = [24816, 24818].map((port) => ({port, code: 'EADDRINUSE'}))
    expect(unopenedText(both)).to.equal('ports 24816 and 24818 are in use')
    expect(unopenedText(both.slice(1))).to.equal('port 24818 is in use')
  })

  it("shows the system's code for other ports", () => {
    const one = {port: 24816, code: 'EADDRINUSE'}
    const other = {port: 24818, code: 'EPERM'}
    expect(unopenedText([one, other])).to.equal(
      'port 24816 is in use, port 24818 cannot be listened on (EPERM)',
    )
  })

  it('does not report ports that the system reserves as in use', () => {
    const both = [24816, 24818].map((port) => ({port, code: 'EACCES'}))
    expect(unopenedText(both)).to.equal('ports 24816 and 24818 are reserved by the system')
  })
})
