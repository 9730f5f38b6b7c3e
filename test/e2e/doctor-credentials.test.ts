import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {examined, found, type Report} from '../support/examined.js'
import {putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

describe('mogplex doctor, and problems of variables, credentials and plugins', () => {
  const stage = setStage()
  const examine = async (...args: string[]): Promise<Report> => examined(stage, args)

  it('finds that nobody is signed in, and a variable that is empty', async () => {
    expect(found(await examine(), 'account')).to.include({state: 'wrong', remedy: 'mogplex login'})
    stage.env.MOGPLEX_API_KEY = ' '
    expect(found(await examine(), 'account').what).to.include('MOGPLEX_API_KEY is set, and empty')
  })

  it('finds a variable that outranks a stored credential, and how to fix that', async () => {
    await stage.putLogin()
    stage.env.MOGPLEX_API_KEY = await stage.cloud.createKey('grace@example.test')
    const report = await examine()
    expect(found(report, 'rank')).to.include({state: 'wrong', remedy: 'unset MOGPLEX_API_KEY'})
    expect(found(report, 'rank').what).to.include('outranks the login in ~/.mogplex/auth.json')
    expect(found(report, 'account')).to.include({state: 'fine'})
  })

  it('finds a variable that holds no key, without its value', async () => {
    await stage.putLogin()
    const value = stage.secret('"mog_in-quotes-by-mistake"')
    stage.env.MOGPLEX_API_KEY = value
    stage.env.GROQ_API_KEY = stage.secret('sk-proj-of-somebody-else')
    const report = await examine()
    expect(found(report, 'account')).to.include({state: 'wrong'})
    expect(found(report, 'account').what).to.include('MOGPLEX_API_KEY').and.include('quotes')
    expect(found(report, 'rank').what).to.include('GROQ_API_KEY').and.include('OpenAI')
    expectExit(report.result, 1)
  })

  it('finds a login that cannot pay: known from the last sync, or requested otherwise', async () => {
    await stage.putLogin()
    const unasked = await examine()
    expect(found(unasked, 'payer').state).to.equal('fine')
    expect(found(unasked, 'payment').state).to.equal('wrong')
    expect(found(unasked, 'payment').what).to.include('cannot pay for prompts')
    await stage.signIn()
    const known = found(await examine(), 'payer')
    expect(known.what).to.include('cannot pay for prompts')
    expect(known.remedy).to.include('mogplex login --with-api-key')
  })

  it('asks a provider whether it accepts the key that pays', async () => {
    const {url, requests} = await startStubServer((response) => {
      response.writeHead(401, {'content-type': 'application/json'}).end('{"error":{}}')
    })
    stage.env.OPENAI_API_KEY = stage.secret('sk-proj-a-key-that-was-revoked')
    stage.env.OPENAI_BASE_URL = url
    const payment = found(await examine(), 'payment')
    expect(payment).to.include({state: 'wrong'})
    expect(payment.what).to.include('OPENAI_API_KEY')
    expect(requests.map(({method, path}) => `${method} ${path}`)).to.deep.equal(['GET /models'])
  })

  it('finds a login of another Mogplex, a rejected one, and an expired one', async () => {
    const login = await stage.putLogin()
    const put = async (changes: object): Promise<Report> => {
      await stage.putAuthFile(JSON.stringify({mogplex: {...login, ...changes}}))
      return examine()
    }
    const issuer = 'https://elsewhere.example.test'
    expect(found(await put({issuer}), 'account').what).to.include('is not used here')
    const rejected = {at: '2026-11-01T00:00:00.000Z', why: 'invalid_grant'}
    expect(found(await put({rejected}), 'account')).to.include({state: 'wrong'})
    const over = {expiresAt: '2026-11-01T00:00:00.000Z', refreshToken: undefined}
    expect(found(await put(over), 'account').what).to.include('expired')
    const due = await put({expiresAt: '2026-11-01T00:00:00.000Z'})
    expect(found(due, 'accepted')).to.include({state: 'fine'})
    expect(found(due, 'accepted').what).to.include('not checked')
  })

  it('finds NODE_ENV=production with a local cloud, and other invalid addresses', async () => {
    stage.env.NODE_ENV = 'production'
    const variables = found(await examine(), 'variables')
    expect(variables).to.include({state: 'wrong', remedy: 'unset NODE_ENV'})
    expect(variables.what).to.include('NODE_ENV is production').and.include('MOGPLEX_URL')
    stage.env.NODE_ENV = 'test'
    stage.env.MOGPLEX_URL = `https://ada:${stage.secret('a-password-of-ada')}@example.test`
    const report = await examine()
    expect(found(report, 'variables').what).to.equal('MOGPLEX_URL holds more than an address')
    expect(found(report, 'connection').state).to.equal('unknown')
    expect(found(report, 'account').state).to.equal('unknown')
  })

  it('finds variables with a wrong name', async () => {
    stage.env.MOGPLEX_TOKEN = stage.secret('mog_in-the-wrong-place-0123456789')
    expect(found(await examine(), 'variables').what).to.include('MOGPLEX_API_KEY is')
    stage.env = {...stage.env, MOGPLEX_ISUER: 'https://example.test', MOGPLEX_DEV: 'true'}
    const texts = (await examine()).findings.map(({what}) => what).join('\n')
    expect(texts).to.include('MOGPLEX_ISUER is set, and is not read')
    expect(texts).to.include('MOGPLEX_DEV is set, but only the value 1 counts')
  })

  it('finds that certificates are not verified', async () => {
    stage.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const variables = found(await examine(), 'variables')
    expect(variables.remedy).to.equal('unset NODE_TLS_REJECT_UNAUTHORIZED')
  })

  it('finds that BROWSER names nothing, and that there is no browser at all', async () => {
    stage.env.BROWSER = join(stage.home, 'no-such-browser')
    expect(found(await examine(), 'browser')).to.include({state: 'wrong', remedy: 'unset BROWSER'})
    const bin = join(stage.home, 'bin')
    await mkdir(bin)
    stage.env = {...stage.env, BROWSER: '', DISPLAY: ':0', PATH: bin}
    const browser = found(await examine(), 'browser')
    expect(browser.what).to.include('none is installed').and.include('mogplex login --no-browser')
  })

  it('finds plugins that are left out, and parts of them', async () => {
    await putPlugins(stage, {
      broken: {'package.json': {oclif: {commands: './commands'}, engines: {node: '>=99'}}},
      throws: {
        'package.json': {oclif: {commands: './commands'}},
        'commands/thrown.js': 'throw new Error("on purpose")',
      },
    })
    const report = await examine()
    const texts = report.findings.flatMap(({id, what}) => (id === 'plugins' ? [what] : []))
    expect(texts.join('\n')).to.include('broken is left out: it needs Node >=99')
    expect(texts.join('\n')).to.include('throws has a fault: commands/thrown.js: on purpose')
    const off = await examined(stage, [])
    expectExit(off.result, 1)
    stage.env.MOGPLEX_PLUGINS = 'off'
    expect(found(await examine(), 'plugins')).to.include({state: 'fine'})
  })

  it('finds a list of plugins that is broken', async () => {
    const folder = join(stage.home, '.local', 'share', 'mogplex')
    await mkdir(folder, {recursive: true})
    await writeFile(join(folder, 'package.json'), '{"oclif": 1')
    const plugins = found(await examine(), 'plugins')
    expect(plugins).to.include({state: 'wrong'})
    expect(plugins.remedy).to.include('mogplex plugins reset')
  })
})
