import {expect} from 'chai'
import {hyperlink, knowsHyperlinks, toClipboard} from '../../../src/terminal/hyperlink.js'

describe('knowsHyperlinks', () => {
  for (const [name, env, known] of [
    ['an unknown terminal', {TERM: 'xterm-256color'}, false],
    ['iTerm2', {TERM_PROGRAM: 'iTerm.app'}, true],
    ['Terminal of macOS', {TERM_PROGRAM: 'Apple_Terminal'}, false],
    ['GNOME Terminal', {VTE_VERSION: '7200'}, true],
    ['an old GNOME Terminal', {VTE_VERSION: '4205'}, false],
    ['kitty over SSH', {TERM: 'xterm-kitty'}, true],
    ['Windows Terminal', {WT_SESSION: 'a-session'}, true],
    ['VS Code', {TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.90.0'}, true],
    ['an old VS Code', {TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.70.0'}, false],
    ['tmux', {TMUX: '/tmp/x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4'}, true],
    [
      'an old tmux in kitty',
      {TMUX: '/tmp/x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a', KITTY_WINDOW_ID: '1'},
      false,
    ],
    ['GNU screen', {STY: '1.pts', VTE_VERSION: '7200'}, false],
    ['who wants it', {FORCE_HYPERLINK: '1'}, true],
    ['who does not', {FORCE_HYPERLINK: '0', TERM_PROGRAM: 'iTerm.app'}, false],
  ] as const) {
    it(`is ${known} for ${name}`, () => {
      expect(knowsHyperlinks(env)).to.equal(known)
    })
  }
})

describe('hyperlink and toClipboard', () => {
  it('write the address as a separate piece, so that the output guard lets it pass', () => {
    const address = 'https://mogplex.com/authorize?state=abc'
    const link = hyperlink(address)
    expect(link.filter((piece) => piece === address)).to.have.length(2)
    expect(link.join('')).to.equal(
      `\u001B]8;id=mogplex;${address}\u001B\\${address}\u001B]8;;\u001B\\`,
    )
    const [, encoded = ''] = toClipboard(address)
    expect(Buffer.from(encoded, 'base64').toString()).to.equal(address)
  })
})
