import {expect} from 'chai'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

const POWERSHELL = String.raw`C:\Users\ada\Documents\PowerShell\Modules;C:\Program Files\PowerShell\7\Modules`
const KEY = 'sk-proj-shell-4711'

describe('mogplex on Windows', () => {
  const stage = setStage()
  const windows = (more: Readonly<Record<string, string>>) => ({
    env: {...preload('pretend-windows.cjs'), ...more},
  })

  for (const {shell, marks, remedy} of [
    {
      shell: 'PowerShell',
      marks: {PSModulePath: POWERSHELL},
      remedy: 'Remove-Item Env:OPENAI_API_KEY',
    },
    {shell: 'cmd', marks: {PROMPT: '$P$G'}, remedy: 'set OPENAI_API_KEY='},
    {shell: 'the Bash of Git', marks: {MSYSTEM: 'MINGW64'}, remedy: 'unset OPENAI_API_KEY'},
  ] as const) {
    it(`writes remedies for ${shell}: as text, in JSON and in a receipt`, async () => {
      await stage.putLogin()
      const options = windows({...marks, OPENAI_API_KEY: stage.secret(KEY)})
      const text = await stage.run(['whoami'], options)
      expect(text.stdout).to.include(`it outranks your login.  ${remedy}\n`)
      const explained = await stage.run(['whoami', '--explain', '--json'], options)
      const {trace} = JSON.parse(explained.stdout) as {trace: {remedy?: string}[]}
      expect(trace.map((entry) => entry.remedy)).to.include(remedy)
      const receipt = await stage.run(['logout'], options)
      expect(receipt.stdout).to.include(`will pay for your next prompts.  ${remedy}\n`)
    })
  }

  it('finds a variable in any case', async () => {
    const options = windows({Openai_Api_Key: stage.secret(KEY)})
    const {code, stdout} = await stage.run(['whoami', '--json'], options)
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.have.nested.property('model.source.variable', 'OPENAI_API_KEY')
  })
})
