/**
 * What a name says about its value:
 *
 * - `secret`: always a secret
 * - `authorization`: the value of such a header: a scheme, and credentials
 * - `cookie`: a list of cookies
 * - `parameter`: secret in a query or a form, and an ordinary word elsewhere
 * - `grant`: the token of a stored login, among the other members of one
 */
export type NameKind = 'authorization' | 'cookie' | 'grant' | 'parameter' | 'secret'

const END = '(?:value|raw|text|plain|string|b64|base64)?\\d*$'
const SECRET = new RegExp(
  `(?:token|secret|passw(?:or)?d|pass(?:phrase|code)|pwd|credentials?|assertion|jwt|bearer|codeverifier|devicecode|authorizationcode|authcode|session(?:id|key)|sessid|connectionstring|(?:api|access|secret|private|signing|signature|encryption|encrypt|auth|license|shared|account|storage|master|subscription|functions?|deploy|service|webhook|client|app|application)key)${END}`,
)
/** Anywhere in a name, unless the name is that of a fact about a secret. */
const WITHIN = /passw(?:or)?d|secret|apikey|privatekey|authtoken|accesstoken|refreshtoken/
const FACT =
  /(?:name|type|count|length|size|policy|hint|uri|url|path|file|dir|folder|endpoint|supported|required|enabled|expir(?:y|es|ed|ation)|expires(?:at|in)|ends|at|in|age|ttl|id(?:s|entifier)?|present|source|location|status|state|error|variable|header|prefix|format|rules?|reset|change|manager|version|seconds|minutes|hours|days|ms|lifetime|timeout|bytes)$/
/** Positions in a list, and flags that only say where a key comes from. */
const OTHER =
  /^(?:next|previous|prev|last|start|end)?(?:page|paging|continuation|continue|cursor|sync|resume|cancel(?:l?ation)?)token$|^(?:public|primary|foreign|partition|sort|cache|idempotency|row)/
/** Whether there is one, or what to do with it. */
const QUESTION =
  /^-*(?:has|is|needs|requires|uses?|with|without|no|show|hide|skip|allow|enable|disable)(?:[A-Z]|[_-][a-z])/
const PARAMETER =
  /^(?:code|state|key|sid|sig|signature|auth|session|pin|otp|totp|mfa|pass|ticket|nonce|saml(?:request|response)|xamz(?:signature|credential)|xgoog(?:signature|credential)|hmac|samlart)$/

/** The tokens in the `auth.json` of some programs. */
const GRANT = /^(?:access|refresh)$/

/** User and password in base64 in npm's settings. */
const NPM = /^_auth$/

const MAX_NAMES = 2000
const known = new Map<string, NameKind | undefined>()

/**
 * Compares names in any spelling: `access_token`, `accessToken`, `X-Access-Token`, `ACCESS_TOKEN`.
 */
export function kindOfName(name: string): NameKind | undefined {
  if (known.has(name)) return known.get(name)
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const kind = QUESTION.test(name) ? undefined : NPM.test(name) ? 'secret' : judge(plain)
  if (known.size >= MAX_NAMES) known.clear()
  known.set(name, kind)
  return kind
}

/** Whether a flag of a command line, without its hyphens, takes a secret. */
export function isSecretFlag(name: string): boolean {
  const kind = kindOfName(name)
  return kind !== undefined && kind !== 'parameter' && kind !== 'grant'
}

function judge(plain: string): NameKind | undefined {
  if (OTHER.test(plain)) return undefined
  if (plain.endsWith('authorization')) return 'authorization'
  if (/cookies?2?$/.test(plain)) return 'cookie'
  if (GRANT.test(plain)) return 'grant'
  if (PARAMETER.test(plain)) return 'parameter'
  if (SECRET.test(plain)) return 'secret'
  return WITHIN.test(plain) && !FACT.test(plain) ? 'secret' : undefined
}

/** Three letters, of which some occur in each name that is known here. */
const HOT = [
  'ken',
  'ret',
  'pas',
  'pwd',
  'key',
  'aut',
  'red',
  'ert',
  'jwt',
  'ear',
  'cod',
  'ook',
  'ess',
  'esh',
]
const HOT_TOO = [
  'sid',
  'sig',
  'pin',
  'otp',
  'mfa',
  'ate',
  'non',
  'mac',
  'sio',
  'sse',
  'cke',
  'aml',
  'nst',
]
const HOT_TRIPLES = makeTriples([...HOT, ...HOT_TOO])

/** Whether the last three letters, as numbered by {@link nextTriple}, may be of a known name. */
export function isHot(triple: number): boolean {
  return HOT_TRIPLES[triple] === 1
}

/** Adds one more letter, going backwards through a name; other characters are skipped. */
export function nextTriple(triple: number, byte: number): number {
  const letter = (byte | 0x20) - 0x60
  return letter < 1 || letter > 26 || byte < 0x41 ? triple : (triple >>> 5) | (letter << 10)
}

function makeTriples(words: readonly string[]): Uint8Array {
  const table = new Uint8Array(1 << 15)
  for (const word of words) {
    const triple = Buffer.from(word).reverse().reduce(nextTriple, 0)
    table[triple] = 1
  }
  return table
}
