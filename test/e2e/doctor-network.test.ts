import {expect} from 'chai'
import {expectExit} from '../support/answers.js'
import {hasOpenssl, makeCertificates} from '../support/certificates.js'
import {examined, found, type Report} from '../support/examined.js'
import {occupy} from '../support/free-ports.js'
import {preload} from '../support/preload.js'
import {type ProxyOptions, startProxy} from '../support/proxy.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'
import {startTlsFront} from '../support/tls-front.js'

const HOST = 'cloud.example.test'
const SHOWN = 'cl….test'
const PASSWORD = 'open-sesame-2026'

describe('mogplex doctor, and problems of the network', function () {
  this.timeout(60_000)
  const stage = setStage({inferenceAccepts: 'oauth'})
  const examine = async (...args: string[]): Promise<Report> => examined(stage, args)

  /** Directs the CLI to https://cloud.example.test through a proxy. */
  async function through(options: ProxyOptions, user = ''): Promise<void> {
    const proxy = await startProxy(options)
    stage.env.HTTPS_PROXY = `http://${user}${proxy.host}`
    stage.env.MOGPLEX_URL = `https://${HOST}`
  }

  it("compares the clock with the server's: off by hours", async () => {
    await stage.putLogin()
    const shift = -3 * 3_600_000
    const env = {...preload('shifted-clock.cjs'), MOGPLEX_TEST_SHIFT_MS: String(shift)}
    Object.assign(stage.env, env)
    const clock = found(await examine(), 'clock')
    expect(clock.state).to.equal('wrong')
    expect(clock.what).to.equal("the clock of this machine is 3 hours behind the server's")
  })

  it('finds that both callback ports are taken; one is no problem', async () => {
    const [first, second] = stage.ports
    await occupy(first)
    expect(found(await examine(), 'ports')).to.include({state: 'fine'})
    await occupy(second)
    const ports = found(await examine(), 'ports')
    expect(ports.state).to.equal('wrong')
    expect(ports.what).to.include(`ports ${first} and ${second} are in use`)
    expect(ports.remedy).to.include(`lsof`).and.include(String(first))
  })

  it('finds that listening is forbidden', async () => {
    Object.assign(stage.env, preload('no-listening.cjs'), {MOGPLEX_TEST_NO_LISTENING: 'EPERM'})
    const ports = found(await examine(), 'ports')
    expect(ports).to.include({state: 'wrong'})
    expect(ports.what).to.include('EPERM')
    expect(ports.remedy).to.include('Paste the address')
  })

  it('finds a proxy that does not answer, and ends all the same', async () => {
    await through({answer: ''})
    const begun = Date.now()
    const report = await examine()
    expect(Date.now() - begun).to.be.below(15_000)
    const lost = report.findings.filter(({state}) => state === 'unknown').map(({id}) => id)
    expect(lost).to.include('clock').and.include('metadata')
    expect(found(report, 'proxy').state).to.equal('wrong')
    expect(found(report, 'proxy').what).to.include('HTTPS_PROXY')
  })

  it('finds a proxy that needs a password, and one that rejects it', async () => {
    await through({credentials: `ada:${PASSWORD}`})
    expect(found(await examine(), 'proxy').what).to.include('HTTPS_PROXY wants user and password')
    await through({credentials: 'ada:another'}, `ada:${stage.secret(PASSWORD)}@`)
    const report = await examine()
    expect(found(report, 'proxy')).to.include({state: 'wrong', fixable: false})
    expect(found(report, 'proxy').what).to.include('does not accept this user and password')
  })

  it('finds a proxy that is not one, and one with an invalid address', async () => {
    await through({})
    stage.env.HTTPS_PROXY = 'http://127.0.0.1:1'
    expect(found(await examine(), 'proxy').what).to.include('HTTPS_PROXY cannot be reached')
    stage.env.HTTPS_PROXY = `http://ada:${stage.secret(PASSWORD)}/@nonsense:x`
    expect(found(await examine(), 'proxy').what).to.include('HTTPS_PROXY holds no address')
  })

  const asOpenssl = hasOpenssl() ? it : it.skip
  const kinds: [
    name: string,
    host: string,
    validity: [number, number],
    trusts: boolean,
    words: string,
  ][] = [
    ['has expired', HOST, [-9, -2], true, 'has expired'],
    ['is not valid yet', HOST, [2, 9], true, 'is not valid yet'],
    ['is for another host', 'other.example.test', [-1, 2], true, 'is for another host name'],
    ['nobody known signed', HOST, [-1, 2], false, 'no known authority signed it'],
  ]
  for (const [name, host, [from, until], trusts, words] of kinds) {
    asOpenssl(
      `finds a certificate that ${name}, told from the others (needs openssl)`,
      async () => {
        const certificates = makeCertificates(host, {from, until})
        const {port} = await startTlsFront(HOST, stage.cloud.url, certificates)
        await through({hosts: {[`${HOST}:443`]: port}})
        if (trusts) stage.env.NODE_EXTRA_CA_CERTS = certificates.authorityPath
        const certificate = found(await examine(), 'certificate')
        expect(certificate.state).to.equal('wrong')
        expect(certificate.what).to.include(words).and.include(SHOWN)
        const told = kinds.filter(([, , , , other]) => certificate.what.includes(other))
        expect(told).to.have.length(1)
      },
    )
  }

  asOpenssl('finds no problem where the authority is trusted (needs openssl)', async () => {
    const certificates = makeCertificates(HOST)
    const {port} = await startTlsFront(HOST, stage.cloud.url, certificates)
    await through({hosts: {[`${HOST}:443`]: port}})
    stage.env.NODE_EXTRA_CA_CERTS = certificates.authorityPath
    const report = await examine()
    for (const id of ['proxy', 'connection', 'certificate', 'clock', 'metadata']) {
      expect(found(report, id).state, id).to.equal('fine')
    }
    stage.env.NODE_EXTRA_CA_CERTS = `${certificates.authorityPath}.gone`
    expect(found(await examine(), 'certificate').what).to.include('NODE_EXTRA_CA_CERTS')
  })

  it('finds a web page in the place of metadata', async () => {
    const {url} = await startStubServer((response) => {
      response.writeHead(200, {'content-type': 'text/html'}).end('<!doctype html><h1>Welcome</h1>')
    })
    stage.env.MOGPLEX_URL = url
    const metadata = found(await examine(), 'metadata')
    expect(metadata.state).to.equal('wrong')
    expect(metadata.what).to.include('a web page where its metadata should be')
    expect(metadata.what).not.to.include('Welcome')
  })

  it('finds metadata of another issuer', async () => {
    const {url} = await startStubServer((response) => {
      response
        .writeHead(200, {'content-type': 'application/json'})
        .end(JSON.stringify({issuer: 'https://issuer.example.test'}))
    })
    stage.env.MOGPLEX_URL = url
    const issuer = found(await examine(), 'issuer')
    expect(issuer.what).to.include('names another issuer')
    expect(issuer.remedy).to.include('MOGPLEX_ISSUER')
  })

  it('names the server that a redirect points to', async () => {
    const {url} = await startStubServer((response) => {
      response.writeHead(308, {location: 'https://mogplex.com/'}).end()
    })
    stage.env.MOGPLEX_URL = url
    expect(found(await examine(), 'metadata').remedy).to.include('https://mogplex.com')
  })

  it('reports offline what it could not check, and problems that it could', async () => {
    await stage.putLogin()
    stage.env.MOGPLEX_URL = 'http://127.0.0.1:1'
    const report = await examine()
    expect(found(report, 'connection')).to.include({state: 'wrong'})
    for (const id of ['certificate', 'clock', 'metadata']) {
      expect(found(report, id)).to.include({
        state: 'unknown',
        what: 'not checked: the server cannot be reached',
      })
    }
    expect(found(report, 'account').state).to.equal('wrong')
  })

  it('ends in time where the server accepts connections and does not answer', async () => {
    const {url} = await startStubServer(async () => new Promise(() => undefined))
    await stage.putLogin()
    stage.env.MOGPLEX_URL = url
    const begun = Date.now()
    const report = await examine()
    expect(Date.now() - begun).to.be.below(15_000)
    expect(report.findings.some(({state}) => state === 'unknown')).to.be.true
  })

  it('ends in time where only the API hangs, and continues with the rest', async () => {
    const {url} = await startStubServer(async (response, {path}) => {
      if (!path.startsWith('/.well-known')) return new Promise(() => undefined)
      response.writeHead(200, {'content-type': 'application/json'})
      response.end(
        JSON.stringify({
          issuer: url,
          authorization_endpoint: `${url}/a`,
          token_endpoint: `${url}/t`,
        }),
      )
    })
    const login = await stage.putLogin()
    await stage.putAuthFile(JSON.stringify({mogplex: {...login, issuer: url}}))
    Object.assign(stage.env, {MOGPLEX_URL: url, HTTPS_PROXY: 'socks5://127.0.0.1:1'})
    const begun = Date.now()
    const report = await examine()
    expect(Date.now() - begun).to.be.below(15_000)
    expect(found(report, 'metadata').state).to.equal('fine')
    expect(found(report, 'accepted').what).to.include('did not answer in time')
    expect(found(report, 'proxy').what).to.include('HTTPS_PROXY names a proxy of the kind socks5')
  })

  it('asks the server whether it accepts the credential', async () => {
    await stage.putLogin()
    expect(found(await examine(), 'accepted').state).to.equal('fine')
    await stage.cloud.expireAccessTokens()
    const report = await examine()
    expect(found(report, 'accepted')).to.include({
      state: 'wrong',
      remedy: 'mogplex whoami --verify',
    })
    stage.env.MOGPLEX_API_KEY = stage.secret('mog_nobodysKeyAtAll0123456789')
    const accepted = found(await examine(), 'accepted')
    expect(accepted.what).to.include('MOGPLEX_API_KEY')
    expectExit(await stage.run(['doctor']), 1)
  })
})
