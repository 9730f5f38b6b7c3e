import {expect} from 'chai'
import {brokenSecrets, holdsSecret} from '../support/broken-secrets.js'
import {Random} from '../support/random.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'
import {listFiles} from '../support/temporary-home.js'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

const SEED = 20_261_128
const ROUNDS = 4

describe('a server that repeats what it was sent, broken by what is not seen', function () {
  this.timeout(240_000)
  const stage = setStage()

  /** What a server says of secrets: a few of all the ways, as many as are shown of it. */
  function saying(random: Random, secrets: readonly string[]): string {
    return secrets
      .map((secret) => random.pick(brokenSecrets(secret, random.below(1e9))).text)
      .join(' v ')
  }

  /** Nothing of them in a text, nor in a file that is not the login itself. */
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

  it('is not repeated where it refuses a code: on no page, in no log, with --json or without', async () => {
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
})
