import {expect} from 'chai'
import {SIGNED_OUT} from '../../src/app/receipt-text.js'
import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'
import {itOnPosix} from '../support/system-under-test.js'

const OTHERS = `"somebody-else" : {"big": 12345678901234567890, "n": 1.0, "e": 1e400}`
const WHEN = '(\\d\\d:\\d\\d|\\d+ \\w+)'

describe('mogplex logout', () => {
  const stage = setStage()

  it('removes the login and prints a receipt', async () => {
    await stage.putLogin()
    const result = await stage.run(['logout'])
    expectExit(result, 0)
    const [headline, removed, server, ...rest] = result.stdout.split('\n')
    expect(headline).to.equal(`${SIGNED_OUT}: ada@example.test (Ada Lovelace)`)
    expect(removed).to.match(/^ {2}removed +the login in ~\/\.mogplex\/auth\.json$/)
    expect(server).to.match(
      new RegExp(
        `^  at the server +not revoked: ${stage.host} offers no way to\\. ` +
          `The access token ends by ${WHEN}, the refresh token by ${WHEN}\\.$`,
      ),
    )
    expect(rest).to.deep.equal([''])
    expectExit(await stage.run(['whoami']), 64)
    expect(await readdir(dirname(stage.authPath))).to.deep.equal(['auth.json', 'logs'])
  })

  it('prints the receipt as one JSON object', async () => {
    const {account, expiresAt, obtainedAt} = await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-is-still-there')
    const result = await stage.run(['logout', '--json'], {env: {OPENAI_API_KEY}})
    expectExit(result, 0)
    const monthLater = new Date(Date.parse(obtainedAt) + 30 * 86_400_000)
    expect(jsonOf(result)).to.deep.equal({
      removed: [{provider: 'mogplex', kind: 'oauth', account, path: stage.authPath}],
      hosted: {models: 0, mcpServers: 0},
      history: 0,
      revocation: {
        state: 'not-offered',
        issuer: stage.cloud.url,
        accessTokenEnds: expiresAt,
        refreshTokenEnds: monthLater.toISOString(),
      },
      stillThere: [
        {
          provider: 'openai',
          source: {type: 'env', variable: 'OPENAI_API_KEY'},
          for: 'model',
          remedy: 'unset OPENAI_API_KEY',
        },
      ],
      copies: [],
      failures: [],
    })
  })

  it('removes our tokens from the history, in each encoding', async () => {
    const {accessToken, refreshToken = ''} = await stage.putLogin()
    const texts = [
      'fine',
      `why ${refreshToken}`,
      Buffer.from(`x${accessToken}`).toString('base64'),
      'well',
    ]
    const history = join(dirname(stage.authPath), 'history.jsonl')
    await writeFile(history, texts.map((text) => `${JSON.stringify({text})}\n`).join(''))
    const found = await stage.run(['logs', 'verify'])
    expectExit(found, 1)
    expect(found.stdout).to.include('2 secrets in 1 file (history.jsonl):')
    expect(jsonOf(await stage.run(['logout', '--json']))).to.include({history: 2})
    expect(await readFile(history, 'utf8')).to.equal('{"text":"fine"}\n{"text":"well"}\n')
  })

  // The list of plugins in it contains a path of this system.
  itOnPosix(
    'does every other step when one fails, reports it, and notifies plugins: exit 1',
    async () => {
      const {accessToken} = await stage.putLogin()
      const hosted = join(dirname(stage.authPath), 'hosted')
      await mkdir(join(hosted, 'models.json'), {recursive: true})
      await writeFile(join(hosted, 'mcp-servers.json'), '{}')
      const told = join(stage.home, 'told.txt')
      const path = `require('path').join(require('os').homedir(), 'told.txt')`
      await putPlugins(stage, {
        'mogplex-plugin-told': {
          'package.json': {oclif: {hooks: {'mogplex:logout': './hook.js'}}},
          'hook.js': `module.exports = async () => require('fs').writeFileSync(${path}, 'yes')`,
        },
      })
      const result = await stage.run(['logout', '--json'])
      expect(result.code).to.equal(1)
      const receipt = jsonOf(result)
      expect(receipt.removed).to.have.lengthOf(1)
      expect(receipt.revocation).to.include({state: 'not-offered'})
      expect(receipt.failures).to.have.lengthOf(1)
      expect((receipt.failures as object[])[0]).to.include({step: 'hosted', code: 'LOCAL_FILE'})
      expect(existsSync(join(hosted, 'mcp-servers.json'))).to.equal(false)
      expect(existsSync(told)).to.equal(true)
      expect(await stage.authText()).not.to.include(accessToken)
      const text = await stage.run(['logout'])
      expect(text.code).to.equal(1)
      expect(text.stdout).to.match(/^ {2}failed +\S+models\.json cannot be removed/m)
    },
  )

  it("names saved files beside auth.json, and removes them with the user's consent", async () => {
    await stage.putLogin()
    const copy = `${stage.authPath}.broken-2026-11-28`
    await writeFile(copy, (await stage.authText()) ?? '')
    const {copies} = jsonOf(await stage.run(['logout', '--all', '--json']))
    expect(copies).to.deep.equal([{path: copy, removed: false}])
    const text = await stage.run(['logout', '--all'])
    expect(text.stdout).to.include('auth.json.broken-2026-11-28 may hold credentials.  rm ')
    for (const [answer, row] of [
      ['n', 'still there'],
      ['y', 'removed'],
    ] as const) {
      const terminal = stage.terminal(['logout', '--all'])
      await terminal.see('Remove auth.json.broken-2026-11-28, too?')
      terminal.type(answer)
      terminal.press('enter')
      expect((await terminal.exit).code).to.equal(0)
      expect(terminal.screen()).to.match(new RegExp(`${row} +~/\\.mogplex/auth\\.json\\.broken`))
      expect(existsSync(copy)).to.equal(answer === 'n')
    }
  })

  it('exits with 0 when nobody was signed in, and creates no file', async () => {
    const [text, json] = await Promise.all([stage.run(['logout']), stage.run(['logout', '--json'])])
    expectExit(text, 0)
    expectExit(json, 0)
    expect(text.stdout).to.equal('Nothing was stored: nobody was signed in.\n')
    expect(jsonOf(json)).to.deep.equal({
      removed: [],
      hosted: {models: 0, mcpServers: 0},
      history: 0,
      stillThere: [],
      copies: [],
      failures: [],
    })
    expect(await readdir(stage.home)).to.deep.equal([])
  })

  it('says what a variable still does', async () => {
    await stage.putLogin()
    const OPENAI_API_KEY = stage.secret('sk-is-still-there')
    const provider = await stage.run(['logout'], {env: {OPENAI_API_KEY}})
    expect(provider.stdout).to.match(
      /^ {2}still there +OPENAI_API_KEY is set and will pay for your next prompts\. {2}unset OPENAI_API_KEY$/m,
    )
    const MOGPLEX_API_KEY = stage.secret('mog_is-still-there')
    const account = await stage.run(['logout'], {env: {MOGPLEX_API_KEY}})
    expectExit(account, 0)
    expect(account.stdout).to.include(
      'MOGPLEX_API_KEY is set, still signs you in, and will pay for your next prompts.',
    )
  })

  it('leaves every other member byte for byte unchanged', async () => {
    const login = JSON.stringify(await stage.putLogin())
    await stage.putAuthFile(`{${OTHERS},\t"mogplex": ${login}}`)
    expectExit(await stage.run(['logout']), 0)
    expect(await stage.authText()).to.equal(`{${OTHERS}}`)
    expectExit(await stage.run(['logout']), 0)
    expect(await stage.authText()).to.equal(`{${OTHERS}}`)
  })

  it('removes the key of --provider, and nothing else', async () => {
    await putAll()
    const result = await stage.run(['logout', '--provider', 'openai'])
    expectExit(result, 0)
    expect(result.stdout).to.match(
      /^Removed: OpenAI\n {2}removed +the OpenAI key in ~\/\.mogplex\/auth/,
    )
    expect(result.stdout).not.to.include('at the server')
    expect(Object.keys(await members())).to.deep.equal(['somebody-else', 'mogplex', 'groq'])
  })

  it('removes all our credentials with --all', async () => {
    await putAll()
    const result = await stage.run(['logout', '--all'])
    expectExit(result, 0)
    expect(result.stdout.match(/^ {2}removed /gm)).to.have.length(3)
    expect(Object.keys(await members())).to.deep.equal(['somebody-else'])
    expect(await stage.authText()).to.include(OTHERS)
  })

  it('says that a stored key pays from now on', async () => {
    await putAll()
    const {stdout} = await stage.run(['logout'])
    expect(stdout).to.match(
      /still there +the OpenAI key in .* will pay .*logout --provider openai$/m,
    )
  })

  it('leaves a foreign entry unchanged', async () => {
    const text = `{"mogplex": {"token": "${stage.secret('of-an-older-program')}"}}`
    await stage.putAuthFile(text)
    expectExit(await stage.run(['logout', '--all']), 0)
    expect(await stage.authText()).to.equal(text)
  })

  it('rejects an unknown provider, and --all with --provider, as usage errors', async () => {
    const [unknown, both] = await Promise.all([
      stage.run(['logout', '--provider', 'nonsense']),
      stage.run(['logout', '--provider', 'openai', '--all', '--json']),
    ])
    expectExit(unknown, 2)
    expect(unknown.stderr).to.include('mogplex logout --help')
    expect(jsonErrorOf(both).exitCode).to.equal(2)
  })

  it('works whatever MOGPLEX_URL is: the login knows its server', async () => {
    await stage.putLogin()
    const result = await stage.run(['logout'], {env: {MOGPLEX_URL: 'no address at all'}})
    expectExit(result, 0)
    expect(result.stdout).to.include(`${SIGNED_OUT}: ada@example.test`)
    expect(Object.keys(await members())).to.deep.equal([])
  })

  async function putAll(): Promise<void> {
    const login = JSON.stringify(await stage.putLogin())
    const key = (value: string) =>
      JSON.stringify({
        type: 'api-key',
        key: stage.secret(value),
        obtainedAt: '2026-11-20T08:00:00Z',
      })
    await stage.putAuthFile(
      `{${OTHERS}, "mogplex": ${login}, "openai": ${key('sk-proj-of-openai')}, "groq": ${key('gsk_of-groq')}}`,
    )
  }

  async function members(): Promise<object> {
    return JSON.parse((await stage.authText()) ?? '') as object
  }
})
