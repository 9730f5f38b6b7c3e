import {expect} from 'chai'
import {type Progress, progressLines} from '../../../src/app/login-progress.js'
import {PLAIN} from './make-showing.js'

const ADDRESS = new URL(`https://mogplex.com/authorize?state=${'x'.repeat(500)}&scope=read+write`)
const REDIRECT = 'http://127.0.0.1:24816/auth/callback'

function progress(changes: Partial<Progress> = {}): Progress {
  return {
    ...{palette: PLAIN, issuer: 'https://mogplex.com', opensBrowser: true, canPaste: 'by hand'},
    ...changes,
  }
}

function authorization(changes: Partial<Progress>, redirectUri: string | undefined): string[] {
  return progressLines({type: 'authorization', url: ADDRESS, redirectUri}, progress(changes))
}

describe('progressLines', () => {
  for (const opensBrowser of [true, false]) {
    it(`puts the address alone and unwrapped on its line, ${opensBrowser ? 'with' : 'without'} a browser`, () => {
      const lines = authorization({opensBrowser}, REDIRECT)
      const place = lines.indexOf(ADDRESS.href)
      expect(place).to.be.greaterThan(0)
      expect([lines[place - 1], lines[place + 1]]).to.deep.equal(['', ''])
      for (const line of lines) expect(line).not.to.include('\n')
    })
  }

  it('colours everything but the address', () => {
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

  it('says that the address may be pasted from the first second, and how', () => {
    const byHand = authorization({}, REDIRECT).join('\n')
    expect(byHand).to.include('Waiting for the browser.').and.include('press Enter')
    const onStdin = authorization({canPaste: 'on stdin'}, REDIRECT).join('\n')
    expect(onStdin).to.include('write it to standard input').and.not.include('Enter')
    for (const text of [byHand, onStdin]) expect(text).to.include('Ctrl+C gives up.')
  })

  it('says that only pasting is left where both ports are busy', () => {
    const text = authorization({}, undefined).join('\n')
    expect(text).to.include('in use by other programs').and.include('press Enter')
    expect(text).not.to.include('Waiting for the browser')
  })

  for (const [event, words] of [
    [{type: 'exchanging'}, 'Finishing'],
    [{type: 'hint', text: 'access_denied: No'}, '(access_denied: No). That is not proved'],
    [{type: 'no-browser'}, 'open the address above yourself'],
  ] as const) {
    it(`says in one line that ${event.type}`, () => {
      const lines = progressLines(event, progress())
      expect(lines).to.have.lengthOf(1)
      expect(lines[0]).to.include(words)
    })
  }

  it('says why what was pasted is refused, and that it still waits', () => {
    const why = 'Nothing was pasted. It begins with http://127.0.0.1:24816/auth/callback'
    const lines = progressLines({type: 'paste-refused', why}, progress())
    expect(lines).to.deep.equal([why, 'Still waiting.'])
  })
})
