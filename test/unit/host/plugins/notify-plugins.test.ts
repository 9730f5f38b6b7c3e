import {expect} from 'chai'
import {compose} from '../../../../src/compose.js'
import {notifyPlugins} from '../../../../src/host/plugins/notify-plugins.js'
import {temporaryHome} from '../../../support/temporary-home.js'

type Config = Parameters<typeof notifyPlugins>[0]

const NOBODY = {account: null, model: null, outranked: []}

describe('notifyPlugins', () => {
  let told: [event: string, options: object][]
  let fails: boolean
  let config: Config
  beforeEach(async () => {
    process.env.HOME = await temporaryHome() // restored after the test
    told = []
    fails = false
    config = {
      pjson: {name: 'under test'},
      plugins: new Map(),
      version: '0.0.0',
      async runHook(event: string, options: object) {
        told.push([event, options])
        if (fails) throw new Error('on purpose')
        return Promise.resolve()
      },
    } as unknown as Config
  })

  it('sends nothing where nothing happened', async () => {
    await notifyPlugins(config)
    expect(told).to.deep.equal([])
  })

  it('sends each event once: a login with its account, a logout with the previous one, too', async () => {
    compose(config).accountEvents.loggedIn(undefined, undefined)
    compose(config).accountEvents.loggedOut(undefined)
    await notifyPlugins(config)
    await notifyPlugins(config)
    expect(told).to.deep.equal([
      ['mogplex:login', {identity: NOBODY}],
      ['mogplex:logout', {identity: NOBODY, previous: null}],
    ])
  })

  it('continues where a hook fails', async () => {
    fails = true
    compose(config).accountEvents.loggedIn(undefined, undefined)
    compose(config).accountEvents.loggedOut(undefined)
    await notifyPlugins(config)
    expect(told).to.have.length(2)
  })

  it('names no account where the settings do not name the issuer', async () => {
    process.env.MOGPLEX_URL = 'nonsense'
    compose(config).accountEvents.loggedOut(undefined)
    await notifyPlugins(config)
    expect(told).to.deep.equal([['mogplex:logout', {identity: NOBODY, previous: null}]])
  })
})
