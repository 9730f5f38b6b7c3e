import {expect} from 'chai'
import {type Progress, progressLines} from '../../../../src/app/sign-in/login-progress.js'
import {wrap} from '../../../../src/terminal/wrap.js'
import type {Surroundings} from '../../../../src/domain/login/surroundings.js'
import {PLAIN} from '../make-display-options.js'

const ADDRESS = new URL(`https://mogplex.com/authorize?state=${'x'.repeat(500)}&scope=read+write`)
const REDIRECT = 'http://127.0.0.1:24816/auth/callback'
const DESKTOP: Surroundings = {ssh: undefined, container: false, wsl: false, canShowBrowser: true}
const SSH: Surroundings = {
  ...DESKTOP,
  ssh: {destination: '-p 2222 ada@203.0.113.7'},
  canShowBrowser: false,
}
const TUNNEL = '  ssh -N -L 24816:127.0.0.1:24816 -p 2222 ada@203.0.113.7'

function progress(changes: Partial<Progress> = {}): Progress {
  return {
    palette: PLAIN,
    issuer: 'https://mogplex.com',
    opensBrowser: true,
    canPaste: 'by hand',
    surroundings: DESKTOP,
    ...changes,
  }
}

function authorization(changes: Partial<Progress>, redirectUri: string | undefined): string[] {
  const unopened = [24816, 24818].map((port) => ({port, code: 'EADDRINUSE'}))
  return progressLines(
    {type: 'authorization', url: ADDRESS, redirectUri, unopened},
    progress(changes),
  )
}

describe('progressLines', () => {
  for (const opensBrowser of [true, false]) {
    it(`puts the address on a separate, unwrapped line, ${opensBrowser ? 'with' : 'without'} a browser`, () => {
      const lines = authorization({opensBrowser}, REDIRECT)
      const place = lines.indexOf(ADDRESS.href)
      expect(place).to.be.greaterThan(0)
      expect([lines[place - 1], lines[place + 1]]).to.deep.equal(['', ''])
      for (const line of lines) expect(line).not.to.include('\n')
    })
  }

  it('colours everything except the address', () => {
    const strong = (text: string): string => `<${text}>`
    const lines = authorization({palette: {...PLAIN, strong}}, REDIRECT)
    expect(lines).to.include(ADDRESS.href)
    expect(lines.join('\n')).to.include('<mogplex.com>')
  })

  it('says whether a browser is opened', () => {
    expect(authorization({}, REDIRECT).join('\n')).to.include('Opening the browser')
    const alone = authorization({opensBrowser: false}, REDIRECT).join('\n')
    expect(alone).to.include('open:').and.not.to.include('Opening')
  })

  it('says at once that the address can be pasted, and how', () => {
    const byHand = authorization({}, REDIRECT).join('\n')
    expect(byHand).to.include('Waiting for the browser.').and.include('press Enter')
    const onStdin = authorization({canPaste: 'on stdin'}, REDIRECT).join('\n')
    expect(onStdin).to.include('write it to standard input').and.not.include('Enter')
    for (const text of [byHand, onStdin]) expect(text).to.include('Ctrl+C gives up.')
  })

  for (const opensBrowser of [true, false]) {
    it(`puts the tunnel command on a separate, unbroken line, ${opensBrowser ? 'with' : 'without'} a browser`, () => {
      const lines = authorization({opensBrowser, surroundings: SSH}, REDIRECT)
      const place = lines.indexOf(TUNNEL)
      expect([lines[place - 1], lines[place + 1]]).to.deep.equal(['', ''])
      expect(wrap(TUNNEL, 80)).to.equal(TUNNEL)
      const text = lines.join('\n')
      expect(text).to.include('open on your own machine:').and.include('press Enter')
      expect(text).not.to.include('Opening')
      expect(text.includes('Over SSH no browser is opened.')).to.equal(opensBrowser)
      expect(lines.slice(-2)).to.deep.equal(['Ctrl+C gives up.', ''])
    })
  }

  it('uses the actual port in the tunnel command', () => {
    const lines = authorization({surroundings: SSH}, REDIRECT.replace('24816', '24818'))
    expect(lines).to.include(TUNNEL.replaceAll('24816', '24818'))
  })

  it('opens the browser over SSH where it would be visible', () => {
    const text = authorization({surroundings: {...SSH, canShowBrowser: true}}, REDIRECT).join('\n')
    expect(text).to.include('Opening the browser').and.include(TUNNEL)
  })

  it('says that there is no display, only to users who wanted a browser', () => {
    const surroundings = {...DESKTOP, canShowBrowser: false}
    const wanted = authorization({surroundings}, REDIRECT).join('\n')
    expect(wanted).to.include('No display is available here for a browser.').and.include('open:')
    const alone = authorization({surroundings, opensBrowser: false}, REDIRECT)
    expect(alone).to.deep.equal(authorization({opensBrowser: false}, REDIRECT))
  })

  it('explains in a container, and in WSL, what to do where the browser cannot come back', () => {
    const inContainer = {...DESKTOP, container: true, wsl: true}
    const container = authorization({surroundings: inContainer}, REDIRECT).join('\n')
    expect(container)
      .to.include('Browser on another machine?')
      .and.not.match(/WSL|ssh -N/)
    const wsl = authorization({surroundings: {...DESKTOP, wsl: true}}, REDIRECT).join('\n')
    expect(wsl).to.include('WSL shares localhost')
    const ssh = authorization({surroundings: {...SSH, container: true, wsl: true}}, REDIRECT)
    expect(ssh).to.deep.equal(authorization({surroundings: SSH}, REDIRECT))
  })

  it('does not mention the redirect where both ports are in use', () => {
    for (const surroundings of [SSH, {...DESKTOP, container: true}, {...DESKTOP, wsl: true}]) {
      const text = authorization({surroundings}, undefined).join('\n')
      expect(text)
        .to.include('press Enter')
        .and.not.match(/ssh -N|forwarded|localhost/)
    }
  })

  it('says that only pasting is left where both ports are in use', () => {
    const text = authorization({}, undefined).join('\n')
    expect(text).to.include('ports 24816 and 24818 are in use').and.include('press Enter')
    expect(text).not.to.include('Waiting for the browser')
  })

  for (const [event, words] of [
    [{type: 'exchanging'}, 'Finishing'],
    [{type: 'hint', text: 'access_denied: No'}, '(access_denied: No). That is not proved'],
    [{type: 'no-browser'}, 'open the address above yourself'],
  ] as const) {
    it(`reports in one line that ${event.type}`, () => {
      const lines = progressLines(event, progress())
      expect(lines).to.have.lengthOf(1)
      expect(lines[0]).to.include(words)
    })
  }

  it('says why a paste is refused, and that it still waits', () => {
    const why = 'Nothing was pasted. It begins with http://127.0.0.1:24816/auth/callback'
    const lines = progressLines({type: 'paste-refused', why}, progress())
    expect(lines).to.deep.equal([why, 'Still waiting.'])
  })
})
