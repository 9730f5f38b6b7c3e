import {expect} from 'chai'
import {
  haveModes,
  movingAway,
  removing,
  shellOf,
  tildeFolder,
  unsetting,
  valueWord,
  writeFor,
} from '../../../../src/domain/platform/shell.js'

const SYSTEM = String.raw`C:\Program Files\WindowsPowerShell\Modules;C:\WINDOWS\system32\WindowsPowerShell\v1.0\Modules`

describe('shellOf', () => {
  it('is a POSIX shell on every system but Windows, whatever modules a runner names', () => {
    expect(shellOf({}, 'darwin')).to.equal('posix')
    expect(shellOf({PSMODULEPATH: '/root/.local/share/powershell/Modules'}, 'linux')).to.equal(
      'posix',
    )
  })

  it("is PowerShell on Windows where its user's modules are in the path", () => {
    for (const own of [
      String.raw`C:\Users\ada\Documents\WindowsPowerShell\Modules`,
      String.raw`C:\Users\ada\OneDrive\Documents\PowerShell\Modules`,
      String.raw`\\server\homes\ada\Documents\PowerShell\Modules`,
    ]) {
      expect(shellOf({PSMODULEPATH: `${own};${SYSTEM}`}, 'win32')).to.equal('powershell')
    }
  })

  it("is cmd on Windows where only the system's modules, or none, are in the path", () => {
    expect(shellOf({PSMODULEPATH: SYSTEM}, 'win32')).to.equal('cmd')
    expect(shellOf({}, 'win32')).to.equal('cmd')
  })

  it('is a POSIX shell in the Bash of Git for Windows', () => {
    expect(shellOf({MSYSTEM: 'MINGW64', PSMODULEPATH: SYSTEM}, 'win32')).to.equal('posix')
  })
})

describe('commands', () => {
  afterEach(() => writeFor({}, 'linux'))

  it('unset a variable in the syntax of each shell', () => {
    expect(unsetting('OPENAI_API_KEY', 'posix')).to.equal('unset OPENAI_API_KEY')
    expect(unsetting('OPENAI_API_KEY', 'cmd')).to.equal('set OPENAI_API_KEY=')
    expect(unsetting('OPENAI_API_KEY', 'powershell')).to.equal('Remove-Item Env:OPENAI_API_KEY')
  })

  it('remove a file with any name', () => {
    expect(removing('/h/.mogplex/a', '~/.mogplex/a')).to.equal('rm ~/.mogplex/a')
    expect(removing("/h/it's", "~/it's")).to.equal(String.raw`rm '/h/it'\''s'`)
    const path = String.raw`C:\Users\Ada L\a`
    expect(removing(path, path, 'cmd')).to.equal(String.raw`del "C:\Users\Ada L\a"`)
    expect(removing(String.raw`C:\it's`, undefined, 'powershell')).to.equal(
      String.raw`Remove-Item -LiteralPath 'C:\it''s'`,
    )
  })

  it('move an obstacle away, and read a variable', () => {
    expect(movingAway('/h/.mogplex/a')).to.equal('mv /h/.mogplex/a /h/.mogplex/a.moved')
    expect(movingAway('/h/a b', 'posix')).to.equal("mv '/h/a b' '/h/a b.moved'")
    expect(movingAway('C:\\a', 'cmd')).to.equal(String.raw`move "C:\a" "C:\a.moved"`)
    expect(movingAway("C:\\it's", 'powershell')).to.equal(
      String.raw`Move-Item -LiteralPath 'C:\it''s' 'C:\it''s.moved'`,
    )
    expect(valueWord('X')).to.equal('$X')
    expect([valueWord('X', 'cmd'), valueWord('X', 'powershell')]).to.deep.equal(['%X%', '$env:X'])
  })

  it('are those of the shell in use, unless another one is given', () => {
    expect(unsetting('X')).to.equal('unset X')
    expect(haveModes()).to.equal(true)
    writeFor({PSMODULEPATH: String.raw`D:\ada\PowerShell\Modules`}, 'win32')
    expect(unsetting('X')).to.equal('Remove-Item Env:X')
    expect(haveModes()).to.equal(false)
    expect(unsetting('X', 'cmd')).to.equal('set X=')
  })

  it('know the folder of ~, where there is one', () => {
    const env = {HOME: '/home/ada', USERPROFILE: String.raw`C:\Users\ada`}
    expect(tildeFolder(env)).to.equal('/home/ada')
    writeFor({PSMODULEPATH: String.raw`D:\ada\PowerShell\Modules`}, 'win32')
    expect(tildeFolder(env)).to.equal(env.USERPROFILE)
    expect([tildeFolder(env, 'cmd'), tildeFolder({})]).to.deep.equal(['', ''])
  })
})
