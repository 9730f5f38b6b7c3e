import type {EveryServerOptions, ServerAccount, ServerStage} from './server-stage.js'
import {expireStoredLogin, isAccepted} from './server-stage.js'
import {OTHER_STRICT_ACCOUNT, STRICT_ACCOUNT} from './strict-server.js'
import {setStrictStage} from './strict-stage.js'

/** Creates a stage with a strict server for the suite whose `describe` calls it. */
export function setStrictServerStage(options: EveryServerOptions = {}): ServerStage {
  const {accessTokenLifetimeSeconds: accessTokenSeconds} = options
  const strict = setStrictStage(accessTokenSeconds === undefined ? {} : {accessTokenSeconds})
  const {stage} = strict
  let before = 0
  beforeEach(() => {
    before = strict.server.requests.length
  })
  const browserOf = ({email}: ServerAccount) =>
    strict.server.browser(
      (email === OTHER_STRICT_ACCOUNT.email ? OTHER_STRICT_ACCOUNT : STRICT_ACCOUNT).id,
    )
  const expireAtServer = () => strict.server.expireAccessTokens()
  return {
    kind: 'strict',
    traits: {
      revokes: true,
      namesIssuer: true,
      hasApi: false,
      usedRefreshToken: 'ends the sign-in',
      refreshesIdToken: true,
    },
    stage,
    accounts: [STRICT_ACCOUNT, OTHER_STRICT_ACCOUNT],
    get issuer() {
      return strict.server.issuer
    },
    get host() {
      return new URL(strict.server.issuer).host
    },
    intercept: (interceptor) => strict.intercept(interceptor),
    signIn: (account = STRICT_ACCOUNT, args = []) => strict.signIn(browserOf(account), args),
    visit: (url, account = STRICT_ACCOUNT) => browserOf(account).visit(url),
    accepts: (accessToken) => isAccepted(strict.server.origin, accessToken),
    async expireAccessToken() {
      await expireAtServer()
      await expireStoredLogin(stage)
    },
    expireAtServer,
    refreshes: () =>
      strict.server.requests.slice(before).filter(({grantType}) => grantType === 'refresh_token'),
  }
}
