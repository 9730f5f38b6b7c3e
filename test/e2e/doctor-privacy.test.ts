import {expect} from 'chai'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {dirname, join} from 'node:path'
import {putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'

const MARK = 'Zq7xMarkedSecret0123456789'
const VALUE = `sk-proj-${MARK}`

/** Node itself prints this, before any of our code runs. */
const OF_NODE = /^Warning: Ignoring extra certs from .*$/gm

/** A notice about a plugin while it is loaded, with any command. */
const OF_PLUGINS = /^The plugin .*$/gm

/** What a user would not want to publish. */
const PRIVATE = [
  'grace.hopper',
  'hopper@navy',
  'navy-laptop',
  'yorktown',
  'acme-intranet',
  MARK,
  ...(hostname().length > 2 ? [new RegExp(`\\b${hostname()}\\.`)] : []),
]

describe('mogplex doctor, pasted into a public issue unread', function () {
  this.timeout(60_000)
  const stage = setStage()

  async function said(): Promise<string> {
    const texts = await Promise.all(
      [['doctor'], ['doctor', '--json'], ['doctor', '--fix']].map(async (args) => {
        const {stdout, stderr} = await stage.run(args)
        expect(stdout).not.to.equal('')
        return stdout + stderr.replaceAll(OF_NODE, '')
      }),
    )
    return texts.join('\n').replaceAll(OF_PLUGINS, '')
  }

  function expectNothingPrivate(text: string): void {
    for (const word of PRIVATE) {
      if (typeof word === 'string' && text.includes(word))
        throw new Error(`${word} is shown:\n${text}`)
      if (typeof word === 'string') continue
      expect(text).not.to.match(word)
    }
    expect(text).not.to.include(stage.home)
    expect(text).not.to.match(/\u001b/)
  }

  beforeEach(() => {
    Object.assign(stage.env, {
      USER: 'grace.hopper',
      LOGNAME: 'grace.hopper',
      HOSTNAME: 'navy-laptop.yorktown.example',
      SSH_CONNECTION: '203.0.113.7 50000 198.51.100.4 22',
    })
  })

  it('shows no value of any variable, however malformed', async () => {
    await stage.putLogin()
    stage.secret(VALUE)
    Object.assign(stage.env, {
      MOGPLEX_API_KEY: `MOGPLEX_API_KEY=${VALUE}`,
      OPENAI_API_KEY: VALUE,
      GROQ_API_KEY: VALUE,
      ANTHROPIC_BASE_URL: `ftp://${VALUE}`,
      OPENAI_BASE_URL: `http://acme-intranet/${VALUE}`,
      HTTPS_PROXY: `http://grace:${VALUE}@acme-intranet.example:1`,
      NO_PROXY: VALUE,
      BROWSER: `/bin/${VALUE} %s`,
      MOGPLEX_LOG_LEVEL: VALUE,
      MOGPLEX_TOKEN: VALUE,
      NODE_EXTRA_CA_CERTS: '/home/grace.hopper/none.pem',
      MOGPLEX_DEV: VALUE,
      MOGPLEX_CALLBACK_PORTS: VALUE,
      MOGPLEX_ATTACH_RUN_ID: VALUE,
      DISPLAY: VALUE,
    })
    expectNothingPrivate(await said())
    stage.env.MOGPLEX_CALLBACK_PORTS = ''
    stage.env.MOGPLEX_DEV = '1'
    expectNothingPrivate(await said())
    for (const url of [
      `https://u:${VALUE}@acme-intranet.example`,
      `https://acme-intranet.example`,
    ]) {
      stage.env.MOGPLEX_URL = url
      expectNothingPrivate(await said())
    }
    stage.env.MOGPLEX_HOME = join(stage.home, 'grace.hopper', VALUE)
    expectNothingPrivate(await said())
  })

  it('shows nothing of hostile files', async () => {
    const login = await stage.putLogin('ada@example.test')
    const hostile = `hopper@navy.example \u001b[2J${MARK}`
    const secret = stage.secret(MARK)
    const mogplex = {
      ...login,
      issuer: `https://acme-intranet.example/?token=${secret}`,
      account: {id: secret, email: 'hopper@navy.example', name: hostile},
      rejected: {at: '2026-11-01T00:00:00.000Z', why: hostile},
    }
    const home = dirname(stage.authPath)
    await stage.putAuthFile(JSON.stringify({mogplex, openai: {key: secret}, [secret]: secret}))
    expectNothingPrivate(await said())
    await stage.putAuthFile(JSON.stringify({mogplex: {...mogplex, issuer: login.issuer}}))
    expectNothingPrivate(await said())
    await mkdir(join(home, 'hosted'), {mode: 0o755})
    await writeFile(join(home, 'hosted', 'models.json'), hostile, {mode: 0o644})
    await writeFile(`${stage.authPath}.lock`, JSON.stringify({pid: 1, host: 'hopper@navy.example'}))
    await writeFile(`${stage.authPath}.broken-\u001b[2J-${MARK}`, secret)
    await symlink('/home/grace.hopper/elsewhere', join(home, 'logs'))
    await putPlugins(stage, {
      'hostile-plugin': {
        'package.json': {oclif: {commands: './c'}, engines: {node: '>=99 hopper@navy.example'}},
      },
    })
    expectNothingPrivate(await said())
  })

  it("shows nothing of hostile servers' texts", async () => {
    const login = await stage.putLogin()
    const secret = stage.secret(login.accessToken)
    const echo = (authorization: string | undefined): string =>
      `${authorization ?? ''} ${secret} hopper@navy.example \u001b]0;title\u0007`
    for (const status of [200, 307, 403, 418, 500]) {
      const {url} = await startStubServer((response, request) => {
        const said = echo(request.headers.authorization)
        if (request.path.startsWith('/.well-known') && status !== 307) {
          response.writeHead(200, {'content-type': 'application/json'}).end(
            JSON.stringify({
              issuer: url,
              authorization_endpoint: `${url}/a`,
              token_endpoint: `${url}/t`,
              note: said,
            }),
          )
          return
        }
        response
          .writeHead(status, {
            'content-type': 'application/json',
            'x-vercel-id': said.replaceAll(/[^ -~]/g, ''),
            location: `https://acme-intranet.example/${secret}`,
          })
          .end(JSON.stringify({ok: false, error: {code: said, message: said}, issuer: said}))
      })
      const own = {...login, issuer: url}
      await stage.putAuthFile(JSON.stringify({mogplex: own}))
      stage.env.MOGPLEX_URL = url
      expectNothingPrivate(await said())
    }
  })
})
