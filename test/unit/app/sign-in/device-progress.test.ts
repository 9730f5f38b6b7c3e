import {expect} from 'chai'
import {
  deviceAuthorizationReport,
  type DeviceProgress,
  deviceProgressLines,
} from '../../../../src/app/sign-in/device-progress.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {PLAIN} from '../make-display-options.js'

const AUTHORIZATION = {
  deviceCode: new Secret('device-code-value'),
  userCode: 'WDJB-MJHT',
  verificationUri: new URL('https://mogplex.com/device'),
  verificationUriComplete: new URL('https://mogplex.com/device?user_code=WDJB-MJHT'),
  expiresInSeconds: 1800,
  intervalSeconds: 5,
}
const WITHOUT = {...AUTHORIZATION, verificationUriComplete: undefined}

function lines(
  authorization: object = {},
  changes: Partial<DeviceProgress> = {},
  waitsSeconds = 300,
): string[] {
  return deviceProgressLines(
    {
      type: 'device-authorization',
      waitsSeconds,
      authorization: {...AUTHORIZATION, ...authorization},
    },
    {palette: PLAIN, issuer: 'https://mogplex.com', drawQrCode: undefined, ...changes},
  )
}

describe('deviceProgressLines', () => {
  it('puts the address on a separate line, and groups the code like the server', () => {
    const all = lines()
    for (const text of ['https://mogplex.com/device', '    WDJB-MJHT']) {
      const place = all.indexOf(text)
      expect(place, text).to.be.greaterThan(0)
      expect([all[place - 1], all[place + 1]]).to.deep.equal(['', ''])
    }
    expect(all.join('\n')).to.include('To sign in to mogplex.com, open on any device:')
    for (const line of all) expect(line).not.to.include('\n')
  })

  it('emphasises the code, and not the address', () => {
    const strong = (text: string): string => `<${text}>`
    expect(lines({}, {palette: {...PLAIN, strong}}))
      .to.include('    <WDJB-MJHT>')
      .and.include('https://mogplex.com/device')
  })

  for (const [seconds, text] of [
    [1800, '30 minutes'],
    [150, '2 minutes'],
    [90, '90 s'],
    [1.5, '1 s'],
  ] as const) {
    it(`says that it waits for at most ${text}, and how to cancel`, () => {
      expect(lines({}, {}, seconds)).to.include(`Waiting for ${text} at most. Ctrl+C gives up.`)
    })
  }

  it('draws the address that contains the code, above, with room for the rest', () => {
    const drawn: unknown[] = []
    const drawQrCode = (...given: [string, number]): string[] => {
      drawn.push(given)
      return ['█▀', '▄█']
    }
    const plain = lines()
    expect(lines({}, {drawQrCode})).to.deep.equal(['', '█▀', '▄█', ...plain])
    lines(WITHOUT, {drawQrCode})
    expect(drawn).to.deep.equal([
      ['https://mogplex.com/device?user_code=WDJB-MJHT', plain.length],
      ['https://mogplex.com/device', plain.length],
    ])
  })

  it('shows the same without a code that would not fit', () => {
    expect(lines({}, {drawQrCode: () => []})).to.deep.equal(lines())
  })

  it('names the problem, and that it still waits', () => {
    const progress = {palette: PLAIN, issuer: 'https://mogplex.com', drawQrCode: undefined}
    expect(deviceProgressLines({type: 'trouble', why: 'It is away.'}, progress)).to.deep.equal([
      'It is away.',
      'Still waiting.',
    ])
  })
})

describe('deviceAuthorizationReport', () => {
  it('contains what a program has to show, and not the device code', () => {
    expect(deviceAuthorizationReport(AUTHORIZATION)).to.deep.equal({
      type: 'device-authorization',
      verificationUri: 'https://mogplex.com/device',
      verificationUriComplete: 'https://mogplex.com/device?user_code=WDJB-MJHT',
      userCode: 'WDJB-MJHT',
      expiresIn: 1800,
    })
    expect(deviceAuthorizationReport(WITHOUT)).not.to.have.property('verificationUriComplete')
  })
})
