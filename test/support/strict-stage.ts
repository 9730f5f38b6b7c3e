import {expect} from 'chai'
import type {LoginMember} from './stored-login.js'
import {addressOn, setStage, type SignInStage} from './sign-in-stage.js'
import type {StrictBrowser} from './strict-browser.js'
import {startStrictServer, type StrictServer, type StrictServerOptions} from './strict-server.js'

type Interceptor = Parameters<StrictServer['intercept']>[0]

/** A stage that selects a strict server; its local cloud runs as well. */
export interface StrictStage {
  readonly stage: SignInStage
  readonly server: StrictServer
  intercept(interceptor: Interceptor): void
  /** Changes the contents of a JSON document of the server. */
  change(path: string, change: (document: Record<string, unknown>) => object): void
  /** A whole `mogplex login --no-browser`, by default in a browser that is signed out. */
  signIn(browser?: StrictBrowser, args?: readonly string[]): Promise<LoginMember>
}

/** Creates the stage for the suite whose `describe` calls it. */
export function setStrictStage(options: StrictServerOptions = {}): StrictStage {
  let server: StrictServer | undefined
  const removers: (() => void)[] = []
  const current = (): StrictServer => {
    if (server === undefined) throw new Error('The stage is not set outside of its suite.')
    return server
  }
  // Before the hook of the stage, which searches what the test left.
  afterEach('tells the stage what is secret', () => {
    for (const remove of removers.splice(0)) remove()
    for (const secret of current().secrets()) stage.secret(secret)
  })
  const stage = setStage()
  before(async () => {
    server = await startStrictServer({callbackPorts: stage.ports, ...options})
  })
  beforeEach(() => {
    Object.assign(stage.env, current().env)
  })
  after(() => server?.close())

  const intercept = (interceptor: Interceptor): void => {
    removers.push(current().intercept(interceptor))
  }
  return {
    stage,
    get server() {
      return current()
    },
    intercept,
    change(path, change) {
      intercept(async (request, serve) => {
        if (!new URL(request.url).pathname.endsWith(path)) return undefined
        const served = await serve()
        const document = (await served.json()) as Record<string, unknown>
        return Response.json(change(document), {status: served.status})
      })
    },
    async signIn(browser = current().browser(), args = []) {
      const login = stage.start(['login', '--no-browser', ...args])
      const page = await browser.visit(await addressOn(login))
      const result = await login.exit
      expect(result.code, result.stderr).to.equal(0)
      expect(page.status).to.equal(200)
      return stage.storedLogin()
    },
  }
}
