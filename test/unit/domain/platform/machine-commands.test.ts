import {expect} from 'chai'
import {
  ending,
  showingListener,
  showingNames,
} from '../../../../src/domain/platform/machine-commands.js'
import {writeFor} from '../../../../src/domain/platform/shell.js'

describe('commands about the machine', () => {
  afterEach(() => writeFor({}, 'linux'))

  it('are those of POSIX where files have modes', () => {
    expect(ending(7)).to.equal('kill 7')
    expect(showingListener(24816)).to.equal('lsof -nP -iTCP:24816 -sTCP:LISTEN')
    expect(showingNames('/h/a b', '/h')).to.equal("find /h -samefile '/h/a b'")
  })

  for (const [shell, env, end, listener] of [
    ['cmd', {}, 'taskkill /F /PID 7', 'netstat -ano | findstr :24816'],
    ['the Bash of Git', {MSYSTEM: 'X'}, 'taskkill //F //PID 7', 'netstat -ano | grep :24816'],
    [
      'PowerShell',
      {PSMODULEPATH: String.raw`D:\ada\PowerShell\Modules`},
      'Stop-Process -Id 7',
      'Get-NetTCPConnection -State Listen -LocalPort 24816',
    ],
  ] as const) {
    it(`are those of Windows in ${shell}`, () => {
      writeFor(env, 'win32')
      expect(ending(7)).to.equal(end)
      expect(showingListener(24816)).to.equal(listener)
      const path = String.raw`C:\Users\Ada L\auth.json`
      expect(showingNames(path, 'C:')).to.equal(`fsutil hardlink list "${path}"`)
    })
  }
})
