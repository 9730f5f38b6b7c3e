import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {openInBrowser, startOptions} from '../../src/adapters/browser.js'
import {type FakeProgram, fakeProgram} from '../support/fake-program.js'
import {temporaryHome} from '../support/temporary-home.js'

const ADDRESS = new URL('https://mogplex.com/authorize?state=a&scope=read+write&x=$(id)%20;%s')
const ROOM_TO_LIVE_MS = 2500

describe('openInBrowser', () => {
  let folder: string

  beforeEach(async () => {
    folder = await temporaryHome()
  })

  async function open(BROWSER: string, more: Record<string, string> = {}): Promise<boolean> {
    const PATH = [folder, process.env.PATH ?? ''].join(delimiter)
    return openInBrowser(ADDRESS, {PATH, BROWSER, ...more})
  }

  async function argumentsOf(program: FakeProgram): Promise<string[]> {
    const lines = await program.seen()
    return lines.slice(
      1,
      lines.findIndex((line) => /^[A-Z_]+=/.test(line)),
    )
  }

  it('passes the address as one argument, through no shell', async () => {
    const browser = await fakeProgram(folder, 'browser')
    expect(await open('browser --new-window')).to.equal(true)
    expect(await argumentsOf(browser)).to.deep.equal(['--new-window', ADDRESS.href])
  })

  it('accepts a browser that exits at once, and does not wait for one that stays', async () => {
    await fakeProgram(folder, 'brief')
    const staying = await fakeProgram(folder, 'staying', 'exec sleep 60')
    const start = Date.now()
    expect(await open('brief')).to.equal(true)
    expect(Date.now() - start).to.be.lessThan(ROOM_TO_LIVE_MS)
    expect(await open('staying')).to.equal(true)
    process.kill(Number((await staying.seen())[0]), 0) // throws if it no longer runs
  })

  it('tries the next command after one that exits with an error, or by a signal', async () => {
    const first = await fakeProgram(folder, 'first', 'exit 1')
    const second = await fakeProgram(folder, 'second', 'kill -9 $$')
    const third = await fakeProgram(folder, 'third')
    expect(await open('first:second %s:third')).to.equal(true)
    for (const program of [first, second, third]) {
      expect(await argumentsOf(program)).to.deep.equal([ADDRESS.href])
    }
  })

  it('does not start the next one after one that works', async () => {
    await fakeProgram(folder, 'first')
    const second = join(folder, 'second')
    await writeFile(second, `#!/bin/sh\ntouch "${second}.started"\n`, {mode: 0o700})
    expect(await open('first:second')).to.equal(true)
    expect(existsSync(`${second}.started`)).to.equal(false)
  })

  it('treats 1 from Windows Explorer as success, and from no other program', async () => {
    const next = join(folder, 'next')
    await writeFile(next, `#!/bin/sh\ntouch "${next}.started"\n`, {mode: 0o700})
    for (const name of ['explorer.exe', 'Explorer.EXE']) {
      const explorer = await fakeProgram(folder, name, 'exit 1')
      expect(await open(`${name}:next`), name).to.equal(true)
      expect(await argumentsOf(explorer)).to.deep.equal([ADDRESS.href])
    }
    expect(await open(join(folder, 'explorer.exe'))).to.equal(true)
    expect(existsSync(`${next}.started`)).to.equal(false)
    await fakeProgram(folder, 'my-explorer.exe', 'exit 1')
    expect(await open('my-explorer.exe')).to.equal(false)
    await fakeProgram(folder, 'explorer.exe', 'exit 2')
    expect(await open('explorer.exe')).to.equal(false)
  })

  it('gives up at once where the browser does not run for root', async () => {
    await fakeProgram(
      folder,
      'chromium',
      'echo "Running as root without --no-sandbox is not supported." >&2; exit 1',
    )
    const start = Date.now()
    expect(await open('chromium')).to.equal(false)
    expect(Date.now() - start).to.be.lessThan(ROOM_TO_LIVE_MS)
  })

  for (const [what, nonsense] of [
    ['a missing program', '/no/such/browser'],
    ['a name that is not in PATH', 'no-such-browser-anywhere'],
    ['a folder', '/'],
    ['a path through a file', '/dev/null/browser'],
    ['quotes', '"/opt/My Browser/browser" "%s"'],
    ['an opening quote', "'"],
    ['shell syntax', '$(touch /tmp/never); | & >'],
    ['colons', ':::'],
    ['a lone percent sign', '%'],
    ['the address as the program', '%s'],
    ['a very long word', 'x'.repeat(5000)],
  ] as const) {
    it(`fails at once for ${what}, and tries the next command`, async () => {
      const start = Date.now()
      expect(await open(nonsense)).to.equal(false)
      expect(Date.now() - start).to.be.lessThan(ROOM_TO_LIVE_MS)
      const browser = await fakeProgram(folder, 'browser')
      expect(await open(`${nonsense}:browser`)).to.equal(true)
      expect(await argumentsOf(browser)).to.deep.equal([ADDRESS.href])
    })
  }

  it('gives the browser no credential, but everything else it may need', async () => {
    const browser = await fakeProgram(folder, 'browser')
    const secrets = {MOGPLEX_API_KEY: 'mog_secret-of-ada', OPENAI_API_KEY: 'sk-secret-of-ada'}
    await open('browser', {...secrets, DISPLAY: ':7', LANG: 'C.UTF-8'})
    const seen = (await browser.seen()).join('\n')
    expect(seen).to.include('DISPLAY=:7').and.to.include('LANG=C.UTF-8')
    expect(seen).not.to.match(/secret-of-ada|_API_KEY/)
  })
})

describe('startOptions', () => {
  it('opens no console window on Windows, and lets a named browser outlive us', () => {
    expect(startOptions({}, false, 'win32')).to.include({detached: false, windowsHide: true})
    expect(startOptions({}, true, 'win32')).to.include({detached: true, windowsHide: true})
    expect(startOptions({}, false, 'linux')).to.include({detached: true})
  })
})
