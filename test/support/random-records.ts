import {inspect} from 'node:util'
import type {Random} from './random.js'
import {LETTERS} from './random-secrets.js'

type Place = (text: string, random: Random) => string

const word = (random: Random): string => random.text(LETTERS, random.between(1, 12))

/** Places where a text may appear in a session, on its way to a log or a screen. */
const PLACES: readonly Place[] = [
  (text) => text,
  (text, random) => `mogplex ${word(random)} ${text} --json`,
  (text, random) => JSON.stringify({argv: ['login', word(random), text]}),
  (text) => JSON.stringify({event: 'x', env: {PATH: '/bin', SOMETHING: text}}),
  (text, random) => `> GET /${word(random)} HTTP/1.1\n> X-Something: ${text}\n> Accept: */*`,
  (text) => `POST https://mogplex.com/api/things?${new URLSearchParams({q: text, z: '1'})}`,
  (text) => `See https://mogplex.com/things/${encodeURIComponent(text)}/more.`,
  (text, random) => JSON.stringify({body: JSON.stringify({ok: false, [word(random)]: text})}),
  (text) => `The server said: ${text}. (500)`,
  (text) => inspect({config: {command: 'npx', args: ['-y', 'tool', text], enabled: true}}),
  (text) => JSON.stringify({event: 'run', payload: {lines: ['a', `x ${text} y`]}}),
  (text) => JSON.stringify({prompt: `Please use ${text} for it.`}),
  (text) => `Error: ${text}\n    at fetch (/usr/lib/node_modules/x/index.js:12:5)`,
  (text) => `<p class="reason">${text}</p>`,
  (text) => `\u001b[31m${text}\u001b[0m`,
  (text) => JSON.stringify(JSON.stringify({message: `"${text}"`})),
]

/** The text in a record, as a session may write it. */
export function randomRecord(text: string, random: Random): string {
  return random.pick(PLACES)(text, random)
}

const NAMES = [
  'access_token',
  'refreshToken',
  'id_token',
  'client_secret',
  'password',
  'OPENAI_API_KEY',
  'x-api-key',
  'apiKey',
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'Set-Cookie',
  'secret',
  'token',
  'passphrase',
  'private_key',
  'code_verifier',
  'AWS_SECRET_ACCESS_KEY',
]
const PARAMETERS = [
  'code',
  'state',
  'access_token',
  'token',
  'key',
  'sig',
  'X-Amz-Signature',
  'client_secret',
]

interface NamedRecord {
  readonly text: string
  /** The spelling of the value in it. */
  readonly spelled: string
}

type NamedPlace = (value: string, random: Random) => NamedRecord

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1)
const encoded = encodeURIComponent

/** Fields and parameters that have such a name. */
const NAMED_PLACES: readonly NamedPlace[] = [
  (value, random) => ({
    text: JSON.stringify({a: 1, [random.pick(NAMES)]: value, kept: true}),
    spelled: inJson(value),
  }),
  (value, random) => ({
    text: JSON.stringify({body: JSON.stringify({[random.pick(NAMES)]: value, kept: true})}),
    spelled: inJson(inJson(value)),
  }),
  (value, random) => ({
    text: JSON.stringify({[random.pick(NAMES)]: ['x', value], kept: true}),
    spelled: inJson(value),
  }),
  (value, random) => ({
    text: `GET https://x.test/cb?a=1&${random.pick(PARAMETERS)}=${encoded(value)}&z=kept`,
    spelled: encoded(value),
  }),
  (value, random) => {
    const inner = `https://y.test/cb?${random.pick(PARAMETERS)}=${encoded(value)}&z=1`
    return {
      text: `https://x.test/login?next=${encoded(inner)}&z=kept`,
      spelled: encoded(encoded(value)),
    }
  },
  (value, random) => ({
    text: JSON.stringify({form: `grant=x&${random.pick(PARAMETERS)}=${encoded(value)}&z=kept`}),
    spelled: encoded(value),
  }),
  (value, random) => ({
    text: `> ${random.pick(['authorization: Bearer', 'X-Api-Key:', 'cookie:'])} ${encoded(value)}\n> kept: 1`,
    spelled: encoded(value),
  }),
  (value, random) => ({
    text: `export ${random.pick(['GITHUB_TOKEN', 'DB_PASSWORD'])}=${encoded(value)} kept`,
    spelled: encoded(value),
  }),
  (value) => ({
    text: `mogplex x --password ${encoded(value)} --kept`,
    spelled: encoded(value),
  }),
  (value) => ({
    text: JSON.stringify({rawHeaders: ['Accept', 'kept', 'Authorization', value]}),
    spelled: inJson(value),
  }),
  (value) => ({
    text: `postgres://ada:${encoded(value)}@db.test:5432/kept`,
    spelled: encoded(value),
  }),
  (value, random) => ({
    text: inspect({a: 1, [random.pick(NAMES)]: value, kept: true}),
    spelled: inspect(value).slice(1, -1),
  }),
]

/** A value in a field or a parameter with a secret name. */
export function namedRecord(value: string, random: Random): NamedRecord {
  return random.pick(NAMED_PLACES)(value, random)
}
