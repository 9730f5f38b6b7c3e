import {expect} from 'chai'
import {npmTrouble} from '../../../../src/domain/plugin/npm-trouble.js'

describe('npmTrouble', () => {
  const cases: [said: string, code: string, exitCode: number][] = [
    ['npm error code ECONNREFUSED', 'UNREACHABLE', 69],
    ['npm ERR! code ENOTFOUND', 'UNREACHABLE', 69],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'UNREACHABLE', 69],
    ['npm error code 128\nnpm error fatal: Could not resolve host: x.example', 'UNREACHABLE', 69],
    ['npm error code E503', 'REMOTE', 69],
    ['npm error code E429', 'RATE_LIMITED', 75],
    ['npm error code E404', 'UNKNOWN_PLUGIN', 2],
    ['npm error code ETARGET', 'UNKNOWN_PLUGIN', 2],
    ['npm error code E401', 'NPM_FAILED', 1],
    ['npm error code ELIFECYCLE', 'NPM_FAILED', 1],
    ['', 'NPM_FAILED', 1],
  ]
  for (const [said, code, exitCode] of cases) {
    it(`returns ${code} for ${JSON.stringify(said)}`, () => {
      expect(npmTrouble('install x', said)).to.deep.include({code, exitCode})
    })
  }

  it('quotes npm on one line, without its internal details', () => {
    const said = [
      'npm warn deprecated y',
      'npm error code E404',
      'npm error 404 Not Found - GET x',
      'npm error 404\u001B[2J no such package.',
      'npm error A complete log of this run can be found in: /home/ada/.npm/log',
    ].join('\n')
    expect(npmTrouble('install x', said).message).to.equal(
      'npm could not install x: 404 Not Found - GET x 404 [2J no such package.',
    )
  })
})
