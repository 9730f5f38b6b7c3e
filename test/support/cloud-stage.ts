import type {Profile} from '@mogplex/local-cloud'
import {expect} from 'chai'
import type {EveryServerOptions, ServerStage, ServerTraits} from './server-stage.js'
import {expireStoredLogin, isAccepted} from './server-stage.js'
import {setStage} from './sign-in-stage.js'

const ACCOUNTS = [
  {email: 'ada@example.test', name: 'Ada Lovelace'},
  {email: 'grace@example.test', name: 'Grace Hopper'},
] as const

function traitsOf(profile: Profile, {replayWindowSeconds}: EveryServerOptions): ServerTraits {
  const isNext = profile === 'next'
  const afterUse = replayWindowSeconds === 0 ? 'ends the sign-in' : 'is replayed'
  return {
    revokes: isNext,
    namesIssuer: isNext,
    refreshesIdToken: isNext,
    hasApi: true,
    usedRefreshToken: isNext ? afterUse : 'stays good',
  }
}

/** Creates a stage with a local cloud for the suite whose `describe` calls it. */
export function setCloudStage(profile: Profile, options: EveryServerOptions = {}): ServerStage {
  const stage = setStage({profile, ...options})
  let before = 0
  beforeEach(() => {
    before = stage.cloud.requests.length
  })
  const expireAtServer = () => stage.cloud.expireAccessTokens()
  return {
    kind: profile,
    traits: traitsOf(profile, options),
    stage,
    accounts: ACCOUNTS,
    get issuer() {
      return stage.cloud.url
    },
    get host() {
      return stage.host
    },
    intercept: (interceptor) => stage.intercept(interceptor),
    async signIn({email} = ACCOUNTS[0], args = []) {
      const {code, stderr} = await stage.signIn(email, {args})
      expect(code, stderr).to.equal(0)
      return stage.storedLogin()
    },
    visit: (url, {email} = ACCOUNTS[0]) => stage.cloud.browser(email).visit(url),
    accepts: (accessToken) => isAccepted(stage.cloud.url, accessToken),
    async expireAccessToken() {
      await expireAtServer()
      await expireStoredLogin(stage)
    },
    expireAtServer,
    refreshes: () =>
      stage.cloud.requests.slice(before).filter(({grantType}) => grantType === 'refresh_token'),
  }
}
