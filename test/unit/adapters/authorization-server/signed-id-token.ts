import {generateKeyPairSync, sign} from 'node:crypto'

const RSA = generateKeyPairSync('rsa', {modulusLength: 2048})
const EC = generateKeyPairSync('ec', {namedCurve: 'P-256'})

/** The keys of a server, as in its `jwks_uri`. */
export const KEYS = {
  keys: [
    {...RSA.publicKey.export({format: 'jwk'}), kid: 'rsa', alg: 'RS256', use: 'sig'},
    {...EC.publicKey.export({format: 'jwk'}), kid: 'ec', alg: 'ES256', use: 'sig'},
  ],
}

/** An ID token that is signed with a key of {@link KEYS}. */
export function signedIdToken(claims: object, alg: 'ES256' | 'RS256' = 'RS256'): string {
  const [kid, key] = alg === 'RS256' ? ['rsa', RSA.privateKey] : ['ec', EC.privateKey]
  const text = [{alg, kid, typ: 'JWT'}, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(text), {key, dsaEncoding: 'ieee-p1363'})
  return `${text}.${signature.toString('base64url')}`
}

/** The same token with other claims, and the signature of the old ones. */
export function tamperedIdToken(idToken: string, claims: object): string {
  const [header = '', , signature = ''] = idToken.split('.')
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
}
