import {expect} from 'chai'
import {cp, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {RUN_ID} from '../support/make-run.js'
import {preload} from '../support/preload.js'
import {scriptRun} from '../support/scripted-run.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'
import {listStored} from '../support/temporary-home.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'

describe('the account of a profile', function () {
  this.timeout(90_000)
  const stage = setStage()
  beforeEach(() => Object.assign(stage.env, preload('quick-pauses.cjs')))

  const auth = async (name: string) => readFile(join(stage.profile(name), 'auth.json'), 'utf8')
  const login = async (email: string, ...args: string[]) => {
    const cli = stage.start(['login', '--no-browser', '--profile', 'work', ...args])
    const page = await stage.cloud.browser(email).visit(await addressOn(cli))
    return {result: await cli.exit, page}
  }
  /** The requests of an account, by the credential in them. */
  const asked: string[] = []
  const watch = (...tokens: string[]) => {
    asked.length = 0
    stage.intercept(async ({headers, url}) => {
      const token = headers.get('authorization') ?? ''
      if (tokens.some((each) => token.includes(each))) asked.push(url)
      return Promise.resolve(undefined)
    })
  }

  it('is that of the first login, which creates the folder, and stays when another account signs in', async () => {
    expectExit((await login(ADA)).result, 0)
    const before = await auth('work')
    const {result, page} = await login(GRACE)
    expectExit(result, 64)
    expect(result.stderr).to.match(
      /The profile work belongs to ada@example\.test, but grace@example\.test signed in; nothing was stored\./,
    )
    expect(await page.text()).to.include('The profile belongs to another account')
    expect(await auth('work')).to.equal(before)
    const again = await login(ADA)
    expectExit(again.result, 0)
  })

  it('stays after a logout, and changes with --switch', async () => {
    await stage.putProfile('work')
    expectExit(await stage.run(['logout', '--profile', 'work']), 0)
    expectExit((await login(GRACE)).result, 64)
    expect(await auth('work')).not.to.include('accessToken')
    expectExit((await login(GRACE, '--switch')).result, 0)
    const who = jsonOf(await stage.run(['whoami', '--profile', 'work', '--json']))
    expect(who.account).to.include({email: GRACE})
    expectExit((await login(ADA)).result, 64)
  })

  for (const [answer, exitCode] of [
    ['y', 0],
    ['n', 64],
  ] as const) {
    it(`is confirmed at a terminal: ${answer} is ${exitCode}`, async () => {
      await stage.putProfile('work')
      const before = await auth('work')
      const terminal = stage.terminal(['login', '--no-browser', '--profile', 'work'])
      const coming = stage.cloud.browser(GRACE).visit(await addressAt(terminal))
      await terminal.see(
        /The profile work belongs to ada@example\.test\. Give it to\s+grace@example\.test\? \(y\/N\)/,
      )
      expect(await auth('work')).to.equal(before)
      terminal.type(answer)
      terminal.press('enter')
      expect((await terminal.exit).code).to.equal(exitCode)
      expect((await coming).status).to.equal(exitCode === 0 ? 200 : 400)
      expect((await auth('work')) === before).to.equal(exitCode !== 0)
    })
  }

  it('is not changed by an unanswered question', async () => {
    await stage.putProfile('work')
    const before = await auth('work')
    const terminal = stage.terminal(['login', '--no-browser', '--profile', 'work'])
    const coming = stage.cloud.browser(GRACE).visit(await addressAt(terminal))
    await terminal.see('(y/N)')
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)
    await coming
    expect(await auth('work')).to.equal(before)
  })

  it('leaves no folder behind when the first login is refused', async () => {
    const {result} = await login(GRACE, '--expect-account', ADA)
    expectExit(result, 64)
    expect(await listStored(stage.home)).to.deep.equal([])
  })

  it("is not changed by another account's key", async () => {
    await stage.putProfile('work')
    const before = await auth('work')
    const stdin = await stage.cloud.createKey(GRACE)
    const args = ['login', '--with-api-key', '--profile', 'work']
    const refused = jsonErrorOf(await stage.run([...args, '--json'], {stdin}))
    expect(refused).to.include({exitCode: 64})
    expect(await auth('work')).to.equal(before)
    expectExit(await stage.run(['logout', '--profile', 'work']), 0)
    expect(jsonErrorOf(await stage.run([...args, '--json'], {stdin}))).to.include({
      code: 'OTHER_ACCOUNT',
      exitCode: 64,
    })
    expectExit(await stage.run([...args, '--switch'], {stdin}), 0)
  })

  it('lets an unknown key in a variable act after a notice, and refuses it once it is known', async () => {
    await stage.putProfile('work')
    const key = await stage.cloud.createKey(GRACE)
    const env = {MOGPLEX_API_KEY: key, MOGPLEX_PROFILE: 'work'}
    const first = await stage.run(['models', '--refresh'], {env})
    expectExit(first, 0)
    expect(first.stderr.match(/whose it is, is not known/g)).to.have.length(1)
    expectExit(await stage.run(['whoami', '--verify'], {env}), 64)
    watch(key)
    for (const args of [
      ['whoami'],
      ['whoami', '--verify'],
      ['whoami', '--require', 'account'],
      ['models', '--refresh'],
      ['mcp', '--refresh'],
      ['attach', RUN_ID],
      ['--prompt', 'hello'],
      ['--prompt', 'hello', '--model', 'mogplex: any'],
    ]) {
      const refused = jsonErrorOf(await stage.run([...args, '--json'], {env}))
      expect(refused, args.join(' ')).to.include({code: 'OTHER_ACCOUNT', exitCode: 64})
    }
    expect(asked).to.deep.equal([])
  })

  it('recognises its own key from then on, without a notice', async () => {
    await stage.putProfile('work')
    const env = {MOGPLEX_API_KEY: await stage.cloud.createKey(ADA), MOGPLEX_PROFILE: 'work'}
    expect((await stage.run(['whoami'], {env})).stderr).to.include('is not known')
    expectExit(await stage.run(['whoami', '--verify'], {env}), 0)
    const known = await stage.run(['whoami'], {env})
    expectExit(known, 0)
    expect(known.stdout).to.match(/^ada@example\.test, scopes unknown/)
    expect(known.stderr).to.equal('')
  })

  it('uses what another profile found out', async () => {
    await stage.putProfile('work')
    await stage.putLogin(GRACE)
    const MOGPLEX_API_KEY = await stage.cloud.createKey(GRACE)
    expectExit(await stage.run(['whoami', '--verify'], {env: {MOGPLEX_API_KEY}}), 0)
    const refused = await stage.run(['whoami', '--profile', 'work'], {env: {MOGPLEX_API_KEY}})
    expectExit(refused, 64)
  })

  it("refuses another profile's login that was copied into it", async () => {
    const {accessToken} = await stage.putProfile('home', GRACE)
    await stage.putProfile('work')
    await cp(join(stage.profile('home'), 'auth.json'), join(stage.profile('work'), 'auth.json'))
    watch(accessToken)
    for (const args of [
      ['whoami'],
      ['whoami', '--verify'],
      ['models', '--refresh'],
      ['attach', RUN_ID],
    ]) {
      const result = await stage.run([...args, '--profile', 'work'])
      expectExit(result, 64)
      expect(result.stderr).to.include('it belongs to grace@example.test')
    }
    expect(asked).to.deep.equal([])
  })

  it('refuses everybody where it cannot be read', async () => {
    await stage.putProfile('work')
    await writeFile(join(stage.profile('work'), 'account.json'), '{"account":')
    const env = {MOGPLEX_API_KEY: stage.secret('mog_somebodys-key-0123456789')}
    for (const args of [['whoami'], ['models', '--refresh'], ['login', '--no-browser']]) {
      const result = await stage.run([...args, '--profile', 'work'], {env})
      expectExit(result, 1)
      expect(result.stderr).to.match(/account\.json is broken/)
    }
    expectExit((await login(ADA, '--switch')).result, 0)
  })

  it('stops a run that is followed, from the next request on, when the profile changes its account', async () => {
    await stage.putProfile('work')
    scriptRun(stage, [{events: 1}])
    const cli = stage.start(['attach', RUN_ID, '--profile', 'work'])
    await cli.waitFor(/\n/)
    expectExit((await login(GRACE, '--switch')).result, 0)
    const {mogplex} = JSON.parse(await auth('work')) as {mogplex: {accessToken: string}}
    watch(mogplex.accessToken)
    const result = await cli.exit
    expectExit(result, 64)
    expect(result.stderr).to.include('it belongs to grace@example.test')
    expect(asked).to.deep.equal([])
  })
})

describe('the account of a profile, at a server that revokes', function () {
  this.timeout(60_000)
  const stage = setStage({profile: 'next'})
  const login = async (email: string, ...args: string[]) => {
    const cli = stage.start(['login', '--no-browser', ...args])
    await stage.cloud.browser(email).visit(await addressOn(cli))
    return cli.exit
  }

  it('revokes a login of another account', async () => {
    await stage.putProfile('work')
    const result = await login(GRACE, '--profile', 'work')
    expectExit(result, 64)
    expect(result.stderr).to.include('The sign-in was revoked.')
  })

  it('does not revoke it where that account is signed in to another profile', async () => {
    await stage.putProfile('work')
    await stage.putProfile('home', GRACE)
    const result = await login(GRACE, '--profile', 'work')
    expectExit(result, 64)
    expect(result.stderr).to.include('It was not revoked')
    expectExit(await stage.run(['whoami', '--verify', '--profile', 'home']), 0)
  })
})
