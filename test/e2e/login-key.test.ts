import {expect} from 'chai'
import {readdir, readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {builtCli} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'
import {expectOwnerOnly} from '../support/system-under-test.js'
import {listStored} from '../support/temporary-home.js'

const LOGIN = ['login', '--with-api-key']
const ADA = 'ada@example.test'
const OTHERS = `"somebody-else" : {"big": 12345678901234567890, "n": 1.0}`

/** A key of each provider except Mogplex, and the question for it. */
const KEYS = [
  ['anthropic', 'Anthropic', 'sk-ant-api03-'],
  ['openai', 'OpenAI', 'sk-proj-'],
  ['google', 'Google', 'AIza'],
  ['groq', 'Groq', 'gsk_'],
  ['mistral', 'Mistral', ''],
  ['deepseek', 'DeepSeek', 'sk-'],
  ['xai', 'xAI', 'xai-'],
  ['cohere', 'Cohere', ''],
  ['vercel', 'Vercel AI Gateway', ''],
] as const

describe('mogplex login --with-api-key', () => {
  const stage = setStage()

  function storeKey(provider: string, key: string, ...more: string[]) {
    return stage.run([...LOGIN, '--provider', provider, ...more], {stdin: `${stage.secret(key)}\n`})
  }

  async function members(): Promise<Record<string, Record<string, unknown>>> {
    return JSON.parse((await stage.authText()) ?? '') as Record<string, Record<string, unknown>>
  }

  it('stores a Mogplex key from a pipe, names its account, and syncs the lists', async () => {
    const key = await stage.cloud.createKey(ADA)
    const result = await stage.run(LOGIN, {stdin: `${key}\n`})
    expectExit(result, 0)
    expect(result.stdout).to.equal(
      `Signed in to ${stage.host} as ${ADA} (Ada Lovelace): scopes unknown.\n`,
    )
    expect(result.stderr)
      .to.match(/^12 models synced\.$/m)
      .and.to.match(/^3 MCP servers synced\.$/m)
    const {mogplex} = await members()
    expect(mogplex).to.include({type: 'api-key', key, issuer: stage.cloud.url})
    expect(mogplex?.account).to.include({email: ADA, name: 'Ada Lovelace'})
    expectOwnerOnly(stage.authPath)

    const before = stage.cloud.requests.length
    const [whoami, models] = await Promise.all([stage.run(['whoami']), stage.run(['models'])])
    expectExit(whoami, 0)
    expect(whoami.stdout).to.match(/^ada@example\.test \(Ada Lovelace\), scopes unknown\n/)
    expectExit(models, 0)
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('accepts a key without a line end, and prints one JSON object with --json', async () => {
    const key = await stage.cloud.createKey(ADA, {scopes: ['read']})
    const result = await stage.run([...LOGIN, '--json'], {stdin: key})
    expectExit(result, 0)
    expect(result.stderr).to.equal('')
    const {type, account} = jsonOf(result)
    expect(type).to.equal('signed-in')
    expect(account).to.include({
      kind: 'api-key',
      email: ADA,
      scopes: null,
      expiresAt: null,
      issuer: stage.cloud.url,
    })
    expect(account).to.have.deep.property('source', {type: 'file', path: stage.authPath})
  })

  it("accepts a key in Windows' format: with a byte order mark, blanks and CR LF", async () => {
    const key = stage.secret('gsk_as-windows-writes-it')
    const stdin = `\ufeff ${key} \r\n\r\n`
    const result = await stage.run([...LOGIN, '--provider', 'groq'], {stdin})
    expectExit(result, 0)
    expect((await members()).groq).to.include({type: 'api-key', key})
  })

  it('stores a key without read access: the failed sync is a warning', async () => {
    const key = await stage.cloud.createKey(ADA, {scopes: ['write']})
    const result = await stage.run(LOGIN, {stdin: key})
    expectExit(result, 0)
    expect(result.stderr).to.include('The models were not synced.').and.to.include('`read`')
    expect((await members()).mogplex).to.include({key})
  })

  it('waits for a key that arrives late and in chunks', async () => {
    const key = await stage.cloud.createKey(ADA)
    const script = `(sleep 0.5; printf %s ${key.slice(0, 9)}; sleep 0.2; printf '%s\\n' ${key.slice(9)}) | "$@"`
    const result = await stage.run(LOGIN, {
      command: ['/bin/sh', '-c', script, 'sh', ...builtCli],
    })
    expectExit(result, 0)
    expect((await members()).mogplex).to.include({key})
  })

  for (const [provider, name, prefix] of KEYS) {
    it(`stores a key of ${name} without a request, and logout removes it`, async () => {
      await stage.putAuthFile(`{${OTHERS}}\n`)
      const key = stage.secret(`${prefix}0123456789-of-${provider}`)
      const before = stage.cloud.requests.length
      const env = {MOGPLEX_URL: 'https://nobody.invalid', HTTPS_PROXY: 'http://127.0.0.1:9'}
      const result = await stage.run([...LOGIN, '--provider', provider], {stdin: key, env})
      expectExit(result, 0)
      expect(result).to.include({
        stderr: '',
        stdout: `Stored the ${name} key in ~/.mogplex/auth.json. It was not checked.\n`,
      })
      expect((await members())[provider]).to.include({type: 'api-key', key})
      expect(await stage.authText()).to.include(OTHERS)
      expect(stage.cloud.requests).to.have.length(before)

      const gone = await stage.run(['logout', '--provider', provider])
      expectExit(gone, 0)
      expect(gone.stdout).to.equal(
        `Removed: ${name}\n  removed  the ${name} key in ~/.mogplex/auth.json\n`,
      )
      expect(await stage.authText())
        .to.include(OTHERS)
        .and.not.to.include(provider)
    })
  }

  it("reports in JSON that a provider's key is stored, and whoami that it pays", async () => {
    const result = await storeKey('groq', 'gsk_pays-for-prompts', '--json')
    expectExit(result, 0)
    expect(result.stderr).to.equal('')
    const source = {type: 'file', path: stage.authPath}
    expect(jsonLines(result)).to.deep.equal([{type: 'key-stored', provider: 'groq', source}])
    const whoami = await stage.run(['whoami'])
    expectExit(whoami, 0)
    expect(whoami.stdout).to.include('your stored Groq key pays')
  })

  it('keeps a key beside a login and lets it pay, in any order; logout removes both', async () => {
    const key = await stage.cloud.createKey(ADA)
    for (const first of ['login', 'key']) {
      if (first === 'login') await stage.signIn()
      const stored = await stage.run([...LOGIN, '--json'], {stdin: `${key}\n`})
      expectExit(stored, 0)
      if (first === 'key') await stage.signIn()
      const file = await members()
      expect(file.mogplex).to.include({type: 'oauth'})
      expect(file['mogplex-key']).to.include({type: 'api-key', key})
      const whoami = jsonOf(await stage.run(['whoami', '--json']))
      expect(whoami.account).to.include({kind: 'oauth', email: ADA})
      expect(whoami.model).to.have.nested.property('source.member', 'mogplex-key')
      const receipt = await stage.run(['logout'])
      expectExit(receipt, 0)
      expect(receipt.stdout).to.include('the Mogplex key still works: end it at ')
      expect(Object.keys(await members())).to.deep.equal([])
    }
  })

  it('names the login of another account that a login replaces, and the key that a key does', async () => {
    await stage.signIn()
    const grace = await stage.signIn('grace@example.test')
    expect(grace.stderr).to.include('This replaces the login of ada@example.test')
    expect(jsonLines(await stage.signIn(ADA, {args: ['--json']})).at(-1)).to.have.nested.property(
      'replaced[0].email',
      'grace@example.test',
    )
    const keys = [await stage.cloud.createKey(ADA), await stage.cloud.createKey(ADA)]
    for (const key of keys) expectExit(await stage.run(LOGIN, {stdin: key}), 0)
    const again = await stage.run([...LOGIN, '--json'], {stdin: keys[0] ?? ''})
    const told = jsonOf(again)
    expect(told).to.have.nested.property('replaced[0].kind', 'api-key')
    expect(told).to.have.nested.property('account.source.member', 'mogplex-key')
  })

  it('refuses the key of another account beside a login: 64, and nothing is changed', async () => {
    await stage.signIn()
    const before = await stage.authText()
    const key = await stage.cloud.createKey('grace@example.test')
    const result = await stage.run([...LOGIN, '--json'], {stdin: key})
    expect(jsonErrorOf(result)).to.include({code: 'KEY_OF_ANOTHER_ACCOUNT', exitCode: 64})
    expect(await stage.authText()).to.equal(before)
  })

  it('saves a foreign member of the provider, and says where', async () => {
    const foreign = `{"token": "${stage.secret('of-an-older-program')}", "n": 1.0}`
    await stage.putAuthFile(`{"openai": ${foreign}, ${OTHERS}}`)
    const result = await storeKey('openai', 'sk-proj-takes-its-place')
    expectExit(result, 0)
    const names = await readdir(dirname(stage.authPath))
    const kept = join(dirname(stage.authPath), names.find((name) => name !== 'auth.json') ?? '')
    expect(kept).to.match(/auth\.json\.foreign-\d/)
    expect(result.stderr).to.equal(`The previous contents are kept in ${kept}.\n`)
    expect(await readFile(kept, 'utf8')).to.equal(`{"openai": ${foreign}}\n`)
    expect((await members()).openai).to.include({key: 'sk-proj-takes-its-place'})
    expect(await stage.authText()).to.include(OTHERS)
  })

  it('replaces the previous key', async () => {
    const [first, second] = await Promise.all([
      stage.cloud.createKey(ADA),
      stage.cloud.createKey(ADA),
    ])
    for (const key of [first, second]) {
      expectExit(await stage.run(LOGIN, {stdin: key}), 0)
      expect((await members()).mogplex).to.include({type: 'api-key', key})
    }
    expect(await stage.authText()).not.to.include(first)
    const models = await stage.run(['models'])
    expectExit(models, 0)
    expect(models.stdout).to.include(`, ${ADA}\n`)
  })

  it('says which variable outranks the new key', async () => {
    const OPENAI_API_KEY = stage.secret('sk-from-the-shell')
    const stdin = stage.secret('sk-proj-from-the-pipe')
    const openai = await stage.run([...LOGIN, '--provider', 'openai'], {
      stdin,
      env: {OPENAI_API_KEY},
    })
    expectExit(openai, 0)
    expect(openai.stderr).to.equal(
      'OPENAI_API_KEY is set and outranks every stored OpenAI key.  unset OPENAI_API_KEY\n' +
        'OPENAI_API_KEY is set and outranks your stored OpenAI key for prompts.  unset OPENAI_API_KEY\n',
    )
    const [ada, grace] = await Promise.all([
      stage.cloud.createKey(ADA),
      stage.cloud.createKey('grace@example.test'),
    ])
    const mogplex = await stage.run(LOGIN, {stdin: ada, env: {MOGPLEX_API_KEY: grace}})
    expectExit(mogplex, 0)
    expect(mogplex.stderr).to.match(/^MOGPLEX_API_KEY is set and outranks your /m)
    expect((await members()).mogplex).to.include({key: ada})
  })

  it('requires the expected account', async () => {
    const key = await stage.cloud.createKey(ADA)
    const wrong = await stage.run([...LOGIN, '--expect-account', 'grace@example.test'], {
      stdin: key,
    })
    expectExit(wrong, 64)
    expect(wrong.stderr).to.include(`${ADA} signed in, not grace@example.test`)
    expect(await listStored(stage.home)).to.deep.equal([])
    expectExit(await stage.run([...LOGIN, '--expect-account', ADA], {stdin: key}), 0)
  })
})
