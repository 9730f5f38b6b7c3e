import {expect} from 'chai'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const KEY = 'sk-proj-stored-by-codex'
// In Codex's format, with values that JSON.stringify would change.
const MEMBERS = `"OPENAI_API_KEY" :"${KEY}",
  "tokens": {"id_token": "eyJ.of.codex", "n": 1.0, "account_id":   null},
  "last_refresh": "2026-11-20T08:00:00.123456789Z"`
const CODEX = `{\n  ${MEMBERS}\n}\n`

describe('CODEX_HOME', () => {
  const stage = setStage()
  let path = ''

  beforeEach(async () => {
    const folder = join(stage.home, '.codex')
    await mkdir(folder, {mode: 0o700})
    path = join(folder, 'auth.json')
    stage.env.CODEX_HOME = folder
    stage.secret(KEY)
    stage.secret('eyJ.of.codex')
  })

  it('is used, with one line on standard error that names MOGPLEX_HOME', async () => {
    const result = await stage.run(['whoami', '--json'])
    expectExit(result, 64)
    expect(result.stderr).to.match(/^.*\bCODEX_HOME\b.*\bMOGPLEX_HOME\b.*\n$/)
    await stage.signIn()
    expect(await readFile(path, 'utf8')).to.include('ada@example.test')
  })

  it('is outranked by MOGPLEX_HOME, without a notice', async () => {
    await writeFile(path, CODEX, {mode: 0o600})
    const result = await stage.run(['whoami'], {env: {MOGPLEX_HOME: join(stage.home, 'ours')}})
    expectExit(result, 64)
    expect(result.stderr).not.to.include('CODEX')
  })

  it("pays with Codex's key, and says once that the file is shared", async () => {
    await writeFile(path, CODEX, {mode: 0o600})
    const result = await stage.run(['whoami', '--json'])
    expectExit(result, 0)
    expect(jsonOf(result).model).to.deep.equal({provider: 'openai', source: {type: 'file', path}})
    expect(jsonOf(result).account).to.equal(null)
    const lines = result.stderr.split('\n')
    expect(lines.filter((line) => line.includes('CODEX_HOME'))).to.have.length(1)
    expect(lines.filter((line) => line.includes(' Codex'))).to.have.length(1)
    expect(lines).to.have.length(3)
  })

  it("prefers our stored key to Codex's", async () => {
    const ours = `"openai": {"type": "api-key", "key": "${stage.secret('sk-proj-stored-by-us')}", "obtainedAt": "2026-11-20T08:00:00Z"}`
    await writeFile(path, `{${MEMBERS}, ${ours}}`, {mode: 0o600})
    const {stdout} = await stage.run(['whoami', '--explain'])
    expect(stdout).to.include('mogplex logout --provider openai')
  })

  it("leaves Codex's members byte for byte through login and logout", async () => {
    await writeFile(path, CODEX, {mode: 0o600})
    const {stderr} = await stage.signIn()
    expect(stderr.match(/ Codex\b/g)).to.have.length(1)
    const signedIn = await readFile(path, 'utf8')
    expect(signedIn).to.include(MEMBERS).and.to.include('"mogplex"')
    expectExit(await stage.run(['logout', '--all']), 0)
    expect(await readFile(path, 'utf8')).to.equal(CODEX)
  })

  it("does not remove Codex's key, and says that it is still there", async () => {
    await writeFile(path, CODEX, {mode: 0o600})
    const result = await stage.run(['logout', '--provider', 'openai', '--json'])
    expectExit(result, 0)
    const {removed, stillThere} = jsonOf(result)
    expect(removed).to.deep.equal([])
    expect(stillThere).to.have.length(1)
    expect(stillThere).to.have.nested.property('[0].source.path', path)
    expect(await readFile(path, 'utf8')).to.equal(CODEX)
  })
})
