import {expect} from 'chai'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const NAMES = ['work', 'home'] as const

describe('two profiles of one account', function () {
  this.timeout(120_000)
  const stage = setStage({profile: 'next'})
  const auth = (name: string) => join(stage.profile(name), 'auth.json')
  const expire = async (name: string) => {
    const text = await readFile(auth(name), 'utf8')
    const past = '"expiresAt": "2020-01-01T00:00:00.000Z"'
    await writeFile(auth(name), text.replace(/"expiresAt": "[^"]+"/, past))
  }

  it('refresh separately, however many processes find both expired', async () => {
    for (const name of NAMES) {
      await stage.putProfile(name)
      await expire(name)
    }
    await stage.cloud.expireAccessTokens()
    const before = stage.cloud.requests.length
    const runs = [1, 2, 3].flatMap(() =>
      NAMES.map(async (name) => stage.run(['whoami', '--verify', '--profile', name])),
    )
    for (const result of await Promise.all(runs)) expectExit(result, 0)
    const refreshes = stage.cloud.requests
      .slice(before)
      .filter(({grantType}) => grantType === 'refresh_token')
    expect(refreshes).to.have.length(NAMES.length)
    const tokens = await Promise.all(NAMES.map(async (name) => readFile(auth(name), 'utf8')))
    expect(tokens[0]).not.to.equal(tokens[1])
  })

  it('stay intact when one of them is killed in the middle of a refresh', async () => {
    for (const name of NAMES) await stage.putProfile(name)
    await expire('work')
    const before = await readFile(auth('home'), 'utf8')
    let isAsked = (): void => undefined
    const asked = new Promise<void>((resolve) => (isAsked = resolve))
    let isFirst = true
    stage.intercept(async ({url, method}) => {
      if (method !== 'POST' || !url.endsWith('/token') || !isFirst) return undefined
      isFirst = false
      isAsked()
      return new Promise(() => undefined)
    })
    const killed = stage.start(['whoami', '--verify', '--profile', 'work'])
    await asked
    killed.kill('SIGKILL')
    await killed.exit
    expect(await readFile(auth('home'), 'utf8')).to.equal(before)
    expectExit(await stage.run(['whoami', '--verify', '--profile', 'work']), 0)
    expect(await readFile(auth('home'), 'utf8')).to.equal(before)
    expectExit(await stage.run(['whoami', '--verify', '--profile', 'home']), 0)
  })
})

describe('/profile', function () {
  this.timeout(60_000)
  const stage = setStage({inferenceAccepts: 'oauth'})

  it('switches to another account, with its own header, and a new conversation', async () => {
    await stage.putProfile('work', 'grace@example.test')
    await stage.putLogin('ada@example.test')
    const terminal = stage.terminal([])
    await terminal.see('default: ada@example.test')
    terminal.type('/profile nobody\r')
    await terminal.see('The profile nobody does not exist.')
    terminal.type('/profile work\r')
    await terminal.see('work: grace@example.test')
    terminal.type('/whoami\r')
    await terminal.see(/grace@example\.test[\s\S]*profile +work/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
    const {account} = jsonOf(await stage.run(['whoami', '--json']))
    expect(account).to.include({email: 'ada@example.test'})
  })
})
