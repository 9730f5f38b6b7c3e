import type {Random} from './random.js'

export const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const PRINTABLE = Array.from({length: 95}, (_, index) => String.fromCharCode(32 + index)).join('')
const BEYOND = `${PRINTABLE}üßéñ漢字пароль😀`
const HEX = '0123456789abcdef'
const WORD = `${LETTERS}-_`
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A value that must be registered to be found: tokens of the hosted service, and harder ones. */
export function randomValue(random: Random): string {
  const [alphabet, length] = random.pick([
    [LETTERS, 32],
    [LETTERS, random.between(8, 60)],
    [PRINTABLE, random.between(8, 40)],
    [BEYOND, random.between(10, 40)],
  ] as const)
  const value = random.text(alphabet, length).trim()
  return value.length < 8 ? `${value}${random.text(LETTERS, 8)}` : value
}

/** A value that is recognised only by its name. */
export function anyValue(random: Random): string {
  const alphabet = random.pick([LETTERS, `${LETTERS}-._~`, PRINTABLE, BEYOND])
  return `${random.text(LETTERS, 1)}${random.text(alphabet, random.between(3, 40))}`
}

type Make = (random: Random) => string

const make =
  (prefix: string, alphabet: string, length: number): Make =>
  (random) =>
    `${prefix}${random.text(alphabet, length)}`

/** Keys that are recognised by their format, with examples for every kind of pattern. */
const KEYS: readonly Make[] = [
  make('mog_', LETTERS, 32),
  make('sk-ant-api03-', WORD, 95),
  make('sk-proj-', WORD, 148),
  make('sk-or-v1-', HEX, 64),
  make('gsk_', LETTERS, 52),
  make('xai-', LETTERS, 80),
  make('AIza', WORD, 35),
  make('ghp_', LETTERS, 36),
  make('github_pat_', LETTERS, 82),
  make('glpat-', WORD, 20),
  make('tskey-auth-', WORD, 30),
  make('tskey-api-', LETTERS, 24),
  make('xoxb-123456789012-', LETTERS, 24),
  make('AKIA', BASE32, 16),
  make('sk_live_', LETTERS, 24),
  make('npm_', LETTERS, 36),
  make('hf_', LETTERS, 34),
  make('SG.', `${WORD}.`, 66),
  make('ya29.', WORD, 80),
  make('shpat_', HEX, 32),
  make('dop_v1_', HEX, 64),
  make('hvs.', WORD, 95),
  make('123456789:AA', WORD, 33),
  make('eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.', WORD, 43),
  make('Bearer ', LETTERS, 32),
  (random) => `Basic ${Buffer.from(`ada:${random.text(LETTERS, 16)}`).toString('base64')}`,
  (random) => {
    const lines = Array.from({length: 4}, () => random.text(`${LETTERS}+/`, 64))
    return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----`
  },
]

/** A key that was not registered. */
export function randomKey(random: Random): string {
  return random.pick(KEYS)(random)
}
