import {expect} from 'chai'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {FAULTS, inject, meet, recover, SILENCE} from '../support/reliability/faults.js'
import {isRefresh, openLab} from '../support/reliability/lab.js'
import {useLab} from '../support/reliability/use-lab.js'
import {makeCertificates, hasOpenssl} from '../support/certificates.js'
import {startTlsFront} from '../support/tls-front.js'

const itSigns = hasOpenssl() ? it : it.skip

describe('a refresh that meets trouble', () => {
  const use = useLab()

  it('keeps the login, says what happened and when to try again, and then goes on', async () => {
    const {lab} = use
    const other = await openLab()
    const silence = async (): Promise<void> => {
      await other.signIn()
      await meet(other, SILENCE) // takes as long as we wait for an answer
      await recover(other)
    }
    const silent = silence()
    silent.catch(() => undefined) // heard of below
    try {
      for (const fault of FAULTS) await meet(lab, fault)
      await recover(lab)
      await silent
    } finally {
      await other.close()
    }
  }).timeout(300_000)

  it('keeps the login when there is no server', async () => {
    const {lab} = use
    lab.expire()
    const before = lab.text()
    await lab.server.close()
    const {code, stdout, stderr} = await lab.run(['whoami', '--verify'])
    expect(code, stderr).to.equal(69)
    expect(stdout + stderr).to.match(/connection refused/)
    expect(lab.text()).to.equal(before)
  })

  itSigns('keeps the login when nobody vouches for the certificate (needs openssl)', async () => {
    const {lab} = use
    const front = await startTlsFront('localhost', lab.server.issuer, makeCertificates('localhost'))
    const issuer = `https://localhost:${front.port}`
    lab.expire()
    const {issuer: real} = lab.stored()
    writeFileSync(join(lab.folder, 'auth.json'), lab.text().replaceAll(real, issuer))
    const before = lab.text()
    const env = {MOGPLEX_ISSUER: issuer, MOGPLEX_URL: issuer}
    const {code, stdout, stderr} = await lab.run(['whoami', '--verify'], {env})
    expect(code, stderr).to.equal(69)
    expect(stdout + stderr).to.match(/certificate/)
    expect(lab.text()).to.equal(before)
  })

  it('goes on with an access token that holds, while the server is in trouble', async () => {
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
})

describe('a refresh that the server refuses', () => {
  const use = useLab()

  const refusals: Readonly<Record<string, () => Response>> = {
    'invalid_grant with 400': () => Response.json({error: 'invalid_grant'}, {status: 400}),
    'invalid_grant with 401 and a description full of escapes': () =>
      Response.json(
        {error: 'invalid_grant', error_description: 'gone\u001B]0;owned\u0007'},
        {status: 401, headers: {'www-authenticate': 'Bearer error="invalid_token"'}},
      ),
    'a 400 and nothing else': () => new Response('', {status: 400}),
    'a 401 and nothing else': () => new Response('', {status: 401}),
  }

  it('ends the sign-in with exit 64, and keeps the credential, marked, and whose it was', async () => {
    const {lab} = use
    const signedIn = lab.text()
    for (const [name, answer] of Object.entries(refusals)) {
      writeFileSync(join(lab.folder, 'auth.json'), signedIn)
      lab.expire()
      const {accessToken, refreshToken} = lab.stored()
      const end = inject(lab, {answer})
      const first = await lab.run(['whoami', '--verify'])
      end()
      expect(first.code, `${name}: ${first.stderr}`).to.equal(64)
      expect(first.stderr).to.match(/ended the login of lin@example\.test/)
      expect(first.stderr).not.to.match(/[\u001B\u0007]/)
      expect(lab.stored()).to.include({accessToken, refreshToken})
      expect(lab.stored().rejected?.why, name).to.be.a('string').and.not.to.include('cut off')
      lab.refreshes()
      const next = await lab.run(['whoami', '--verify'])
      expect(next.code, name).to.equal(64)
      expect(next.stderr + next.stdout).to.include('lin@example.test')
      expect(lab.refreshes(), 'it is not asked again').to.equal(0)
    }
  }).timeout(120_000)

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

describe('a server that rotates in its own way', () => {
  const use = useLab()

  it('may give no refresh token: the one that is there stays', async () => {
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

  it('may give the same answer again for a while: a lost answer then costs nothing', async () => {
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
    expect((await lab.run(['whoami', '--verify'])).code).to.equal(69)
    const second = await lab.run(['whoami', '--verify'])
    end()
    expect(second.code, second.stderr).to.equal(0)
    expect(await lab.server.knows(lab.stored().accessToken)).to.equal(true)
  })

  it('may end the grant: after a lost answer the token is used while it lasts, then it is told', async () => {
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
    const {code, stderr} = await lab.run(['whoami', '--verify'])
    expect(lab.refreshes(), 'once').to.equal(1)
    expect(code, stderr).to.equal(64)
    expect(stderr).to.match(
      /ended the login of lin@example\.test: .*a refresh at \S+ got no usable answer/,
    )
  }).timeout(60_000)
})
