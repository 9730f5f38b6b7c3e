import {generateKeyPairSync} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type Provider from 'oidc-provider'
import {ACCOUNT_COOKIE} from './strict-browser.js'

export const STRICT_CLIENT = 'strict-cli'
export const STRICT_ACCOUNT = {
  id: 'strict-account-1',
  email: 'lin@example.test',
  name: 'Lin Strict',
}
export const OTHER_STRICT_ACCOUNT = {
  id: 'strict-account-2',
  email: 'max@example.test',
  name: 'Max Strict',
}
const SCOPES = ['openid', 'profile', 'email', 'offline_access', 'read', 'write']
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

export interface StrictSettings {
  readonly callbackPorts: readonly number[]
  /**
   * Puts e-mail address and name into the ID token; otherwise only the userinfo endpoint has them.
   */
  readonly claimsInIdToken: boolean
  readonly refreshTokens: boolean
  readonly deviceFlow: boolean
  readonly deviceCodeSeconds: number
  readonly accessTokenSeconds: number
}

const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048})

/** oidc-provider for one public client: PKCE, strict rotation, ID tokens with RS256. */
export async function createProvider(issuer: string, settings: StrictSettings): Promise<Provider> {
  const configuration = configurationFor(issuer, settings)
  const {warn} = console
  console.warn = () => undefined // it warns of Node 20, and of an in-memory store
  try {
    const {default: StrictProvider} = await import('oidc-provider')
    return new StrictProvider(issuer, configuration)
  } finally {
    console.warn = warn
  }
}

function configurationFor(issuer: string, settings: StrictSettings): object {
  const {accessTokenSeconds, deviceCodeSeconds} = settings
  const hour = 3600
  return {
    clients: [
      {
        client_id: STRICT_CLIENT,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: settings.callbackPorts.map(
          (port) => `http://127.0.0.1:${port}/auth/callback`,
        ),
        response_types: ['code'],
        grant_types: [
          'authorization_code',
          'refresh_token',
          ...(settings.deviceFlow ? [DEVICE_GRANT] : []),
        ],
      },
    ],
    scopes: SCOPES,
    claims: {openid: ['sub'], profile: ['name'], email: ['email', 'email_verified']},
    conformIdTokenClaims: !settings.claimsInIdToken,
    clientBasedCORS: () => false,
    cookies: {keys: ['only for tests']},
    jwks: {keys: [{...privateKey.export({format: 'jwk'}), kid: 'strict', alg: 'RS256'}]},
    features: {
      devInteractions: {enabled: false},
      rpInitiatedLogout: {enabled: false},
      revocation: {enabled: true, allowedPolicy: () => true},
      deviceFlow: {
        enabled: settings.deviceFlow,
        userCodeInputSource: show,
        userCodeConfirmSource: show,
        successSource: (context: Page) => show(context, 'The device is signed in.'),
      },
    },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({...accountOf(accountId), sub: accountId, email_verified: true}),
    }),
    interactions: {
      url: (_context: unknown, {uid}: {uid: string}) =>
        `${new URL(issuer).pathname.replace(/\/$/, '')}/interaction/${uid}`,
    },
    ...(!settings.refreshTokens && {issueRefreshToken: () => false}),
    rotateRefreshToken: true,
    routes: {authorization: '/authorize'},
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 600,
      DeviceCode: deviceCodeSeconds,
      Grant: hour,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: hour,
      Session: hour,
    },
  }
}

/** Signs in the account of the browser, and grants all requested scopes: there is no page. */
export async function signInWithoutPage(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const {prompt, params, grantId} = await provider.interactionDetails(request, response)
  const {id: accountId} = accountOf(cookieOf(request, ACCOUNT_COOKIE))
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, {login: {accountId}})
    return
  }
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  const grant = known ?? new provider.Grant({accountId, clientId: params.client_id})
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '))
  await provider.interactionFinished(request, response, {consent: {grantId: await grant.save()}})
}

function accountOf(id: string | undefined): typeof STRICT_ACCOUNT {
  return id === OTHER_STRICT_ACCOUNT.id ? OTHER_STRICT_ACCOUNT : STRICT_ACCOUNT
}

function cookieOf({headers}: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
  return pairs.find(([key]) => key === name)?.[1]
}

interface Page {
  body: string
}

function show(context: Page, html: string): void {
  context.body = html
}
