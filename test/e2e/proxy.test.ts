import {expect} from 'chai'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {hasOpenssl, type Certificates, makeCertificates} from '../support/certificates.js'
import {openMcpHost} from '../support/mcp-host.js'
import {type RunningProxy, startProxy} from '../support/proxy.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'
import {startTlsFront} from '../support/tls-front.js'

const HOST = 'cloud.example.test'
const URL = `https://${HOST}`
const PASSWORD = 'open-sesame-2026'

const canMakeCertificates = hasOpenssl()
const title = canMakeCertificates ? '' : ' (skipped: no openssl here to make certificates)'

// The CLI requests https://cloud.example.test, which only the proxy can resolve.
;(canMakeCertificates ? describe : describe.skip)(`a network behind a proxy${title}`, () => {
  const stage = setStage()
  let certificates: Certificates

  before(() => {
    certificates = makeCertificates(HOST)
  })

  async function network(credentials?: string): Promise<RunningProxy> {
    const {port} = await startTlsFront(HOST, stage.cloud.url, certificates)
    return startProxy({
      hosts: {[`${HOST}:443`]: port},
      ...(credentials !== undefined && {credentials}),
    })
  }

  /** An environment that selects the cloud behind the proxy, and trusts it. */
  function through({host}: RunningProxy, user = ''): Record<string, string> {
    return {
      MOGPLEX_URL: URL,
      HTTPS_PROXY: `http://${user}${host}`,
      NODE_EXTRA_CA_CERTS: certificates.authorityPath,
    }
  }

  it('carries a whole login, its check, and its end', async () => {
    const proxy = await network(`ada:${stage.secret(PASSWORD)}`)
    const env = {...through(proxy, `ada:${PASSWORD}@`), DEBUG: '*'}
    const login = stage.start(['login', '--no-browser'], {env})
    const address = await addressOn(login)
    expect(address).to.match(/^https:\/\/cloud\.example\.test\//)
    await stage.cloud.browser('ada@example.test').visit(address.replace(URL, stage.cloud.url))
    const signedIn = await login.exit
    expectExit(signedIn, 0)
    expect(signedIn.stdout).to.include('Signed in to cloud.example.test as ada@example.test')
    expect(signedIn.stderr, 'DEBUG was heard').to.include('https-proxy-agent')
    const verified = await stage.run(['whoami', '--verify'], {env})
    expectExit(verified, 0)
    expect(verified.stdout).to.match(/, verified \d\d:\d\d\n/)
    expectExit(await stage.run(['logout'], {env}), 0)
    expect(new Set(proxy.requests)).to.deep.equal(new Set([`CONNECT ${HOST}:443`]))
  }).timeout(40_000)

  it('carries an agent host, and explains in a call what is wrong when it cannot', async () => {
    const proxy = await network()
    const key = stage.secret(await stage.cloud.createKey('ada@example.test'))
    const env = {...stage.env, ...through(proxy), MOGPLEX_API_KEY: key}
    const {call} = await openMcpHost({home: stage.home, env})
    expect(await call('list_repositories')).to.include('ada/')
    expect(new Set(proxy.requests)).to.deep.equal(new Set([`CONNECT ${HOST}:443`]))
    const {NODE_EXTRA_CA_CERTS: _, ...untrusting}: Record<string, string> = env
    const other = await openMcpHost({home: stage.home, env: untrusting})
    expect(other.client.getInstructions()).to.include('NODE_EXTRA_CA_CERTS')
    const error = await other.call('list_repositories')
    expect(error).to.match(/^error: .*cannot be trusted.*NODE_EXTRA_CA_CERTS/)
  })

  it('is not trusted without its certificate authority: 69, naming NODE_EXTRA_CA_CERTS', async () => {
    const proxy = await network()
    const {NODE_EXTRA_CA_CERTS: _, ...env} = through(proxy)
    const error = jsonErrorOf(await stage.run(['login', '--no-browser', '--json'], {env}))
    expect(error).to.include({exitCode: 69, code: 'UNREACHABLE'})
    expect(error.message).to.include(`${HOST} cannot be trusted`)
    expect(error.remedy).to.include('NODE_EXTRA_CA_CERTS').and.to.include('HTTPS_PROXY')
  })

  it('names the file of NODE_EXTRA_CA_CERTS that is not there', async () => {
    const path = `${certificates.authorityPath}.gone`
    const env = {...through(await network()), NODE_EXTRA_CA_CERTS: path}
    const error = jsonErrorOf(await stage.run(['login', '--no-browser', '--json'], {env}))
    expect(error).to.include({exitCode: 69, code: 'UNREACHABLE'})
    expect(error.remedy).to.include(`NODE_EXTRA_CA_CERTS names ${path}`)
  })

  it('distinguishes a certificate of another host from an unknown signer', async () => {
    const other = makeCertificates('other.example.test')
    const {port} = await startTlsFront(HOST, stage.cloud.url, other)
    const proxy = await startProxy({hosts: {[`${HOST}:443`]: port}})
    const env = {...through(proxy), NODE_EXTRA_CA_CERTS: other.authorityPath}
    const error = jsonErrorOf(await stage.run(['login', '--no-browser', '--json'], {env}))
    expect(error).to.include({exitCode: 69, code: 'UNREACHABLE'})
    expect(error.message).to.include('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(error.remedy).not.to.include('NODE_EXTRA_CA_CERTS')
  })

  it('reports that a host answers without TLS', async () => {
    const port = Number(new globalThis.URL(stage.cloud.url).port)
    const proxy = await startProxy({hosts: {[`${HOST}:443`]: port}})
    const result = await stage.run(['login', '--no-browser', '--json'], {env: through(proxy)})
    const error = jsonErrorOf(result)
    expect(error).to.include({exitCode: 69, code: 'UNREACHABLE'})
    expect(error.message).to.include(`${HOST} does not speak TLS`)
    expect(error.remedy).to.include('HTTPS_PROXY')
  })

  it('ends with 69 for a wrong password, which is not shown, and names HTTPS_PROXY', async () => {
    const proxy = await network('ada:another-password')
    const env = through(proxy, `ada:${stage.secret(PASSWORD)}@`)
    const login = await stage.run(['login', '--no-browser'], {env: {...env, DEBUG: '*'}})
    expectExit(login, 69)
    expect(login.stderr).to.include('HTTPS_PROXY does not accept this user and password (407)')
    expect(login.stderr).to.include('http://USER:PASSWORD@')
    const key = {MOGPLEX_API_KEY: await stage.cloud.createKey('ada@example.test')}
    const whoami = await stage.run(['whoami', '--verify'], {env: {...env, ...key}})
    expectExit(whoami, 69)
    expect(whoami.stdout).to.include('unverified')
    expect(whoami.stderr).to.include('HTTPS_PROXY')
  })

  it('is skipped for hosts in NO_PROXY', async () => {
    const proxy = await network()
    const env = {...through(proxy), NO_PROXY: 'localhost, example.test'}
    const result = await stage.run(['login', '--no-browser'], {env})
    expectExit(result, 69)
    expect(result.stderr).to.include(HOST).and.not.to.include('HTTPS_PROXY')
    expect(proxy.requests).to.deep.equal([])
  })

  it('is never used for this machine itself', async () => {
    const proxy = await network()
    const url = `http://${proxy.host}`
    const env = {HTTP_PROXY: url, http_proxy: url, HTTPS_PROXY: url, ALL_PROXY: url}
    await stage.signIn(undefined, {env})
    expectExit(await stage.run(['whoami', '--verify'], {env}), 0)
    expect(proxy.requests).to.deep.equal([])
  })

  it('costs nothing for commands without a request', async () => {
    const env = {HTTPS_PROXY: `http://ada:${stage.secret(PASSWORD)}/@nonsense:x`}
    await stage.putLogin()
    expectExit(await stage.run(['whoami'], {env}), 0)
    const login = await stage.run(['login', '--no-browser'], {env: {...env, MOGPLEX_URL: URL}})
    expectExit(login, 69)
    expect(login.stderr).to.include('HTTPS_PROXY holds no address of a proxy.')
  })
})
