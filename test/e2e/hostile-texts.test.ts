import {expect} from 'chai'
import {expectExit} from '../support/answers.js'
import {brokenSecrets, holdsSecret} from '../support/broken-secrets.js'
import {Random} from '../support/random.js'
import {logEvent, scriptRun} from '../support/scripted-run.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'
import {listFiles} from '../support/temporary-home.js'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

const SEED = 20_261_128
const ROUNDS = 4

describe('a server that repeats secrets, broken by invisible characters', function () {
  this.timeout(240_000)
  const stage = setStage()

  /** A server's text with secrets: a few of all the encodings, as many as fit into a message. */
  function saying(random: Random, secrets: readonly string[]): string {
    return secrets
      .map((secret) => random.pick(brokenSecrets(secret, random.below(1e9))).text)
      .join(' v ')
  }

  /** Checks that none of them is in a text, or in a file except the login itself. */
  async function expectNone(secrets: readonly string[], texts: readonly string[]): Promise<void> {
    const files = (await listFiles(stage.home)).filter((path) => !path.endsWith('auth.json'))
    const contents = await Promise.all(
      files.map(async (path) => readFile(join(stage.home, path), 'utf8').catch(() => '')),
    )
    for (const text of [...texts, ...contents]) {
      for (const secret of secrets) {
        expect(holdsSecret(text, secret), `${text.slice(0, 2000)}, seed ${SEED}`).to.equal(false)
      }
    }
  }

  it('is not quoted where it refuses a code: on no page, in no log, with --json or without', async () => {
    const random = new Random(SEED)
    for (let round = 0; round < ROUNDS; round += 1) {
      const secrets: string[] = []
      stage.intercept(async (request) => {
        if (!request.url.endsWith('/mcp/token')) return undefined
        const body = new URLSearchParams(await request.text())
        secrets.splice(0, 2, body.get('code') ?? '', body.get('code_verifier') ?? '')
        const description = `server-says ${saying(random, secrets)}`
        return Response.json(
          {error: 'invalid_grant', error_description: description},
          {status: 400},
        )
      })
      const json = round % 2 === 1
      const login = stage.start(['login', '--no-browser', ...(json ? ['--json'] : [])])
      const address = json
        ? ((await login.waitFor(/"url":"([^"]+)"/))[1] ?? '')
        : await addressOn(login)
      const page = await stage.cloud.browser('ada@example.test').visit(address)
      const html = await page.text()
      const {stdout, stderr, code} = await login.exit
      stage.endTest()
      expect(code).to.equal(64)
      expect(secrets.every((secret) => secret.length > 8)).to.equal(true)
      expect(html).not.to.include('server-says')
      await expectNone(secrets, [stdout, stderr, html])
    }
  })

  it('is not quoted in the events of a run, nor in its other texts', async () => {
    const {accessToken} = await stage.putLogin()
    const broken = brokenSecrets(accessToken, SEED)
    const events = broken.map(({text}, index) => {
      const said = `begin${index} ${text} end`
      const event = {...logEvent(index), message: said}
      if (index % 4 === 1) return {...event, toolName: said}
      if (index % 4 === 2) return {...event, message: null, payload: {[said]: [said]}}
      return index % 4 === 3 ? {...event, type: said, createdAt: said} : event
    })
    const [first] = broken.filter(({name}) => name.startsWith('plain, broken by zero-width'))
    const said = first?.text ?? ''
    const run = {branch: {base: said, working: said}, harness: said, repoId: said}
    for (const part of [events.slice(0, 100), events.slice(100)]) {
      for (const runId of ['run_text', 'run_json']) {
        scriptRun(stage, [{status: 'failed', error: said, run, events: part}], runId)
      }
      const text = await stage.run(['attach', 'run_text'], {timeoutMs: 60_000})
      const json = await stage.run(['attach', 'run_json', '--json'], {timeoutMs: 60_000})
      for (const result of [text, json]) {
        expectExit(result, 1)
        expect(result.stdout).to.match(/begin\d+ /)
        for (const line of result.stdout.split('\n')) await expectNone([accessToken], [line])
        await expectNone([accessToken], [result.stdout, result.stderr])
      }
    }
  })

  it('is not quoted where a refresh fails: not beside the login, nor anywhere', async () => {
    const random = new Random(SEED)
    for (let round = 0; round < ROUNDS; round += 1) {
      const login = await stage.putLogin()
      const over = {...login, expiresAt: new Date(Date.now() - 60_000).toISOString()}
      await stage.putAuthFile(JSON.stringify({mogplex: over}))
      const secrets = [login.refreshToken ?? '', login.accessToken]
      const error = round < 2 ? 'temporarily_unavailable' : 'invalid_grant'
      stage.intercept(async ({url}) =>
        url.endsWith('/mcp/token')
          ? Promise.resolve(
              Response.json(
                {error, error_description: `server-says ${saying(random, secrets)}`},
                {status: 400},
              ),
            )
          : Promise.resolve(undefined),
      )
      const args = ['whoami', '--verify', ...(round % 2 === 1 ? ['--json'] : [])]
      const {stdout, stderr} = await stage.run(args)
      stage.endTest()
      expect(stdout + stderr).to.match(/server-says|\[redacted\]/)
      const text = round < 2 ? [] : [(await stage.authText()) ?? '']
      const why = text.map((contents) =>
        contents.replace(/"(?:access|refresh)Token":\s*"[^"]*"/g, ''),
      )
      await expectNone(secrets, [stdout, stderr, ...why])
    }
  })

  it('is not quoted where the API refuses, or lists models and MCP servers', async () => {
    const random = new Random(SEED)
    for (let round = 0; round < ROUNDS; round += 1) {
      const {accessToken} = await stage.putLogin()
      const said = (): string => saying(random, [accessToken])
      stage.intercept(async (request) => {
        const {pathname} = new URL(request.url)
        const refusal = {ok: false, error: {code: 'FORBIDDEN', message: `server-says ${said()}`}}
        if (pathname.includes('/runs/')) {
          return Promise.resolve(Response.json(refusal, {status: round % 2 === 0 ? 403 : 409}))
        }
        const model = {id: 'a/b', name: said(), provider: said(), capabilities: [said()]}
        const models = [model, {id: said(), name: said()}]
        if (pathname.endsWith('/models')) {
          return Promise.resolve(Response.json({ok: true, data: {models}}))
        }
        const servers = [
          {name: `x ${said()}`, enabled: true, config: {command: accessToken}},
          {
            name: 'y',
            enabled: true,
            config: {url: 'https://x.y', http_headers: {[accessToken]: ''}},
          },
          {name: 'z', enabled: true, config: {command: 'npx', env: {[accessToken]: ''}}},
        ]
        if (pathname.endsWith('/mcp/servers')) {
          return Promise.resolve(Response.json({ok: true, data: {servers}}))
        }
        return Promise.resolve(undefined)
      })
      const json = round % 2 === 1 ? ['--json'] : []
      for (const args of [
        ['attach', 'run_x'],
        ['models', '--refresh'],
        ['mcp', '--refresh'],
      ]) {
        const {stdout, stderr} = await stage.run([...args, ...json])
        const seen = {attach: /server-says|\[redacted\]/, models: /a\/b/, mcp: /MCP server|"name":/}
        expect(stdout + stderr).to.match(seen[args[0] as keyof typeof seen])
        await expectNone([accessToken], [stdout, stderr])
      }
      stage.endTest()
    }
  })

  it('is not quoted where a model API refuses a prompt, or breaks its answer off', async () => {
    const random = new Random(SEED)
    const key = await stage.cloud.createKey('ada@example.test')
    for (let round = 0; round < 2 * ROUNDS; round += 1) {
      stage.intercept(async ({url}) => {
        if (!url.endsWith('/chat/completions')) return Promise.resolve(undefined)
        const said = `server-says ${saying(random, [key])}`
        const error = round % 2 === 0 ? {message: said, type: saying(random, [key])} : said
        if (round % 4 < 2) return Promise.resolve(Response.json({error}, {status: 400}))
        const frames = [{model: said, choices: [{delta: {content: 'Hello'}}]}, {error}]
        const body = frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('')
        const headers = {'content-type': 'text/event-stream'}
        return Promise.resolve(new Response(body, {headers}))
      })
      const args = ['--prompt', 'x', ...(round >= ROUNDS ? ['--json'] : [])]
      const {stdout, stderr, code} = await stage.run(args, {env: {MOGPLEX_API_KEY: key}})
      stage.endTest()
      expect(code).not.to.equal(0)
      expect(stdout + stderr).to.match(/server-says|\[redacted\]/)
      await expectNone([key], [stdout, stderr])
    }
  })

  it('is not quoted as a scope, nor as the account', async () => {
    const random = new Random(SEED)
    for (let round = 0; round < ROUNDS; round += 1) {
      const secrets: string[] = []
      stage.intercept(async ({url}, serve) => {
        if (!url.endsWith('/mcp/token')) return undefined
        const answer = (await (await serve()).json()) as Record<string, string>
        secrets.splice(0, 2, answer.access_token ?? '', answer.refresh_token ?? '')
        const claims = {
          sub: 'usr_1',
          aud: 'mogplex-cli',
          exp: Date.now() / 1000 + 3600,
          email: saying(random, secrets),
          name: saying(random, secrets),
        }
        const parts = [{alg: 'HS256'}, claims].map((part) =>
          Buffer.from(JSON.stringify(part)).toString('base64url'),
        )
        const scope = `read ${secrets.join(' ')} ${saying(random, secrets)} \u009B2J\u202E`
        return Response.json({...answer, scope, id_token: `${parts.join('.')}.c2ln`})
      })
      const login = stage.start(['login', '--no-browser'])
      await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
      const {stdout, stderr, code} = await login.exit
      stage.endTest()
      expect(code, stderr).to.equal(0)
      const {scopes, account} = await stage.storedLogin()
      const whoami = await stage.run(['whoami', ...(round % 2 === 1 ? ['--json'] : [])])
      expectExit(whoami, 0)
      expect(`${stdout}${whoami.stdout}`).not.to.match(/[\u0080-\u009F\u202E]/)
      const stored = JSON.stringify({scopes, account})
      await expectNone(secrets, [stdout, stderr, stored, whoami.stdout, whoami.stderr])
    }
  })
})
