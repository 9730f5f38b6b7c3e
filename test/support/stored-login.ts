/** The `mogplex` member of `auth.json`, in the format of users' files. */
export interface LoginMember {
  type: 'oauth'
  issuer: string
  clientId: string
  accessToken: string
  refreshToken?: string
  expiresAt?: string
  scopes?: string[]
  account?: {id: string; email?: string; name?: string}
  grantId: string
  obtainedAt: string
  verifiedAt: string | null
  prompts?: {accepted: boolean; at: string; untold?: true}
}

interface TokenResponse {
  readonly access_token: string
  readonly refresh_token?: string
  readonly id_token?: string
  readonly expires_in: number
  readonly scope: string
}

/** A login built from a token response. */
export function memberOf(tokens: TokenResponse, issuer: string): LoginMember {
  const now = Date.now()
  const account = accountOf(tokens.id_token)
  return {
    type: 'oauth',
    issuer,
    clientId: 'mogplex-cli',
    accessToken: tokens.access_token,
    ...(tokens.refresh_token !== undefined && {refreshToken: tokens.refresh_token}),
    expiresAt: new Date(now + tokens.expires_in * 1000).toISOString(),
    scopes: tokens.scope.split(' '),
    ...(account !== undefined && {account}),
    grantId: '2b0f7a52-54f6-4b06-9f5d-000000000001',
    obtainedAt: new Date(now).toISOString(),
    verifiedAt: null,
  }
}

function accountOf(idToken = ''): LoginMember['account'] {
  const [, payload] = idToken.split('.')
  if (payload === undefined) return undefined
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>
  const {sub = '', email, name} = claims
  return {id: sub, ...(email !== undefined && {email}), ...(name !== undefined && {name})}
}
