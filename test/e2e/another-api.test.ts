import {type LocalCloud, startLocalCloud} from '@mogplex/local-cloud'
import {expect} from 'chai'
import {setStage} from '../support/sign-in-stage.js'

/** Each of them calls Mogplex as the account. */
const COMMANDS = [
  ['whoami', '--verify'],
  ['models', '--refresh'],
  ['mcp', '--refresh'],
  ['attach', 'run_1'],
  ['--prompt', 'hello'],
]

describe('a credential, where MOGPLEX_URL is another Mogplex than the one it was obtained for', () => {
  const stage = setStage()
  let other: LocalCloud

  before(async () => {
    other = await startLocalCloud()
  })

  after(() => other.close())

  beforeEach(() => {
    stage.env.MOGPLEX_ISSUER = stage.cloud.url
  })

  const run = async (args: readonly string[], url: string) =>
    stage.run([...args, '--json'], {env: {MOGPLEX_URL: url}})

  async function isRefusedBefore(url: string, requests: () => number): Promise<void> {
    const before = requests()
    const results = await Promise.all(COMMANDS.map(async (args) => run(args, url)))
    for (const {code, stdout} of results) expect(code, stdout).to.equal(64)
    expect(requests()).to.equal(before)
  }

  it('sends neither a login nor a stored key there, and says where it belongs', async () => {
    await stage.putLogin()
    await isRefusedBefore(other.url, () => other.requests.length)
    const {stdout} = await run(['whoami', '--explain'], other.url)
    expect(stdout).to.include(stage.cloud.url).and.include(other.url)
    const key = await stage.cloud.createKey('ada@example.test')
    await stage.putAuthFile(
      JSON.stringify({mogplex: {type: 'api-key', key, issuer: stage.cloud.url}}),
    )
    await isRefusedBefore(other.url, () => other.requests.length)
  })

  it('uses a login only at the API that it was obtained for', async () => {
    await stage.signIn('ada@example.test', {env: {MOGPLEX_URL: other.url}})
    expect(await stage.storedLogin()).to.include({baseUrl: other.url, issuer: stage.cloud.url})
    const here = await run(['whoami'], other.url)
    expect(here.code, here.stdout).to.equal(0)
    await isRefusedBefore(stage.cloud.url, () => stage.cloud.requests.length)
  })
})
