import {expect} from 'chai'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {jsonErrorOf} from '../support/answers.js'
import {checkByCommand, FAULTS, inject, meet, recover} from '../support/reliability/faults.js'
import {isRefresh} from '../support/reliability/lab.js'
import {useLab} from '../support/reliability/use-lab.js'
import {makeCertificates, hasOpenssl} from '../support/certificates.js'
import {waitUntil} from '../support/wait-until.js'
import {startTlsFront} from '../support/tls-front.js'

const itSigns = hasOpenssl() ? it : it.skip

describe('a refresh that fails', () => {
  const use = useLab()

  // One of each kind; all of them are in test/integration/refresh-faults.test.ts.
  for (const name of ['429 with Retry-After', '503 and nothing else', 'a connection that is cut']) {
    it(`keeps the login, says when to try again, and then continues: ${name}`, async () => {
      const fault = FAULTS.find((one) => one.name === name)
      if (fault === undefined) throw new Error(`There is no fault ${name}.`)
      await meet(use.lab, fault)
      await recover(use.lab)
    })
  }

  it('keeps the login when there is no server', async () => {
    const {lab} = use
    lab.expire()
    const before = lab.text()
    await lab.server.close()
    const {code, exitCode} = await checkByCommand(lab)
    expect({code, exitCode}).to.deep.equal({code: 'UNREACHABLE', exitCode: 69})
    expect(lab.text()).to.equal(before)
  })

  itSigns('keeps the login when the certificate is not trusted (needs openssl)', async () => {
    const {lab} = use
    const front = await startTlsFront('localhost', lab.server.issuer, makeCertificates('localhost'))
    const issuer = `https://localhost:${front.port}`
    lab.expire()
    const {issuer: real} = lab.stored()
    writeFileSync(join(lab.folder, 'auth.json'), lab.text().replaceAll(real, issuer))
    const before = lab.text()
    const env = {MOGPLEX_ISSUER: issuer, MOGPLEX_URL: issuer}
    const {code, message} = await checkByCommand(lab, env)
    expect(code).to.equal('UNREACHABLE')
    expect(message).to.include('certificate')
    expect(lab.text()).to.equal(before)
  })

  it('continues with a valid access token, while the server fails', async () => {
    const {lab} = use
    lab.age()
    const before = lab.text()
    const end = inject(lab, {answer: () => new Response('', {status: 503})})
    const {code, stderr} = await lab.run(['whoami', '--verify'])
    end()
    expect(code, stderr).to.equal(0)
    expect(lab.beside(), 'it was tried').to.deep.equal(['auth.json.refresh'])
    expect(lab.stored().refreshToken).to.equal(
      (JSON.parse(before) as {mogplex: {refreshToken: string}}).mogplex.refreshToken,
    )
  })

  it('waits for a server that says when, and ends at once on Ctrl+C', async () => {
    const {lab} = use
    lab.expire()
    let asked = 0
    let tell = (): void => undefined
    const isAsked = new Promise<void>((resolve) => (tell = resolve))
    const end = inject(lab, {
      answer() {
        asked += 1
        tell()
        return new Response('', {status: 503, headers: {'retry-after': '12'}})
      },
    })
    const waiting = lab.start(['whoami', '--verify'])
    await isAsked
    await waitUntil({
      look: () => (lab.beside().includes('auth.json.refresh') ? undefined : true),
      timeoutMs: 30_000,
      over: () => false,
      describe: () => 'wait without a note',
    })
    waiting.kill('SIGINT')
    const {code, signal} = await waiting.exit
    end()
    expect(signal ?? code).to.be.oneOf(['SIGINT', 130])
    expect(asked).to.equal(1)
    await recover(lab)
  })
})

describe('a refresh that the server refuses', () => {
  const use = useLab()

  // Other refusals are in test/integration/refresh-faults.test.ts.
  it('ends the sign-in with exit 64, names its account, and sends no more requests', async () => {
    const {lab} = use
    lab.expire()
    const body = {error: 'invalid_grant', error_description: 'gone\u001B]0;owned\u0007'}
    const end = inject(lab, {answer: () => Response.json(body, {status: 401})})
    const first = await lab.run(['whoami', '--verify'])
    end()
    expect(first.code, first.stderr).to.equal(64)
    expect(first.stderr).to.include('lin@example.test').and.include('invalid_grant')
    expect(first.stderr).not.to.match(/[\u001B\u0007]/)
    lab.refreshes()
    const next = jsonErrorOf(await lab.run(['whoami', '--verify', '--json']))
    expect(next).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(next.message).to.include('lin@example.test')
    expect(lab.refreshes(), 'it is not asked again').to.equal(0)
  })

  it('ends nothing when another process stored a newer pair meanwhile', async () => {
    const {lab} = use
    lab.expire()
    const end = lab.server.intercept(async (request, serve) => {
      if (!(await isRefresh(request))) return undefined
      const tokens = (await (await serve()).json()) as Record<string, string>
      const {access_token: accessToken, refresh_token: refreshToken} = tokens
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
      const mogplex = {...lab.stored(), accessToken, refreshToken, expiresAt}
      writeFileSync(join(lab.folder, 'auth.json'), JSON.stringify({mogplex}))
      return Response.json({error: 'invalid_grant'}, {status: 400})
    })
    const {code, stderr} = await lab.run(['whoami', '--verify'])
    end()
    expect(code, stderr).to.equal(0)
    expect(lab.stored().rejected).to.equal(undefined)
  })
})

describe('a server with its own rotation rules', () => {
  const use = useLab()

  it('may return no refresh token: the old one stays', async () => {
    const {lab} = use
    lab.expire()
    const before = lab.stored()
    const end = inject(lab, {
      async answer(serve) {
        const {refresh_token: _, ...tokens} = (await (await serve()).json()) as Record<
          string,
          unknown
        >
        return Response.json(tokens)
      },
    })
    expect((await lab.run(['whoami', '--verify'])).code).to.equal(0)
    end()
    expect(lab.stored().refreshToken).to.equal(before.refreshToken)
    expect(lab.stored().accessToken).not.to.equal(before.accessToken)
  })

  it('may return the same answer again for a while: a lost answer then costs nothing', async () => {
    const {lab} = use
    lab.expire()
    let known: Response | undefined
    const end = inject(lab, {
      async answer(serve) {
        if (known !== undefined) return known.clone()
        known = await serve()
        return 'drop'
      },
    })
    const {code, stderr} = await lab.run(['whoami', '--verify'])
    end()
    expect(code, stderr).to.equal(0)
    expect(await lab.server.knows(lab.stored().accessToken)).to.equal(true)
  })

  it('may end the grant: the repeat of a lost answer is refused, with an explanation', async () => {
    const {lab} = use
    lab.expire()
    let asked = 0
    const end = inject(lab, {
      async answer(serve) {
        asked += 1
        const served = await serve()
        return asked === 1 ? 'drop' : served
      },
    })
    const error = jsonErrorOf(await lab.run(['whoami', '--verify', '--json']))
    end()
    expect(asked, 'once again').to.equal(2)
    expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(error.message, 'when the answer was lost').to.match(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/)
  })

  it('may end the grant: after a lost answer the token is used while it lasts, then explained', async () => {
    const {lab} = use
    lab.age()
    const end = inject(lab, {answer: async (serve) => serve().then(() => 'drop' as const)})
    const lost = await lab.run(['whoami', '--verify'])
    end()
    expect(lost.code, lost.stderr).to.equal(0)
    lab.refreshes()
    const patient = await lab.run(['whoami', '--verify'])
    expect(patient.code, patient.stderr).to.equal(0)
    expect(lab.refreshes(), 'nothing is sent while the access token holds').to.equal(0)
    lab.expire()
    const error = jsonErrorOf(await lab.run(['whoami', '--verify', '--json']))
    expect(lab.refreshes(), 'once').to.equal(1)
    expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
    expect(error.message).to.include('lin@example.test')
    expect(error.message, 'when the answer was lost').to.match(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/)
  }).timeout(60_000)
})
