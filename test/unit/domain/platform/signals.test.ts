import {expect} from 'chai'
import {exitCodeBy, signalsFor} from '../../../../src/domain/platform/signals.js'

describe('signalsFor', () => {
  it('adds Ctrl+Break to Ctrl+C on Windows, and nothing elsewhere', () => {
    expect(signalsFor(['SIGINT', 'SIGHUP'], 'win32')).to.deep.equal([
      'SIGINT',
      'SIGHUP',
      'SIGBREAK',
    ])
    expect(signalsFor(['SIGHUP'], 'win32')).to.deep.equal(['SIGHUP'])
    expect(signalsFor(['SIGINT'], 'darwin')).to.deep.equal(['SIGINT'])
  })
})

describe('exitCodeBy', () => {
  it("is the shell's exit code on Windows, where no process can send itself a signal", () => {
    const codes = (['SIGINT', 'SIGBREAK', 'SIGHUP', 'SIGTERM', 'SIGUSR2'] as const).map((signal) =>
      exitCodeBy(signal, 'win32'),
    )
    expect(codes).to.deep.equal([130, 130, 129, 143, 1])
    expect(exitCodeBy('SIGINT', 'linux')).to.equal(undefined)
  })
})
