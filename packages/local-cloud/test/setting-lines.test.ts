import {expect} from 'chai'
import {homePage} from '../src/pages/home-page.js'
import {settingLines} from '../src/setting-lines.js'

const VARIABLES = {MOGPLEX_URL: 'http://127.0.0.1:24800', MOGPLEX_DEV: '1'}

describe('settingLines', () => {
  it('is one line for the shells of Linux and macOS', () => {
    expect(settingLines(VARIABLES, 'darwin')).to.deep.equal([
      {shell: undefined, line: 'export MOGPLEX_URL=http://127.0.0.1:24800 MOGPLEX_DEV=1'},
    ])
  })

  it('is one line for each shell of Windows, without a blank in a value for cmd', () => {
    expect(settingLines(VARIABLES, 'win32')).to.deep.equal([
      {
        shell: 'PowerShell',
        line: "$env:MOGPLEX_URL = 'http://127.0.0.1:24800'; $env:MOGPLEX_DEV = '1'",
      },
      {shell: 'cmd', line: 'set MOGPLEX_URL=http://127.0.0.1:24800& set MOGPLEX_DEV=1'},
    ])
  })
})

describe('the home page on Windows', () => {
  it('shows what to type in each of its shells', async () => {
    const base = 'http://127.0.0.1:24800'
    const more = {profile: 'hosted', signedIn: undefined, startedRun: undefined} as const
    const page = await homePage({base, platform: 'win32', ...more}).text()
    expect(page).to.include(`$env:MOGPLEX_URL = &#39;${base}&#39;; $env:MOGPLEX_DEV = &#39;1&#39;`)
    expect(page).to.include(`set MOGPLEX_URL=${base}&amp; set MOGPLEX_DEV=1</code> (cmd)`)
    expect(page).not.to.include('export ')
  })
})
