import {expect} from 'chai'
import {inspect} from 'node:util'
import {readApiKey} from '../../../../src/domain/login/api-key-input.js'
import {LoginFailedError} from '../../../../src/domain/errors/authentication.js'
import {keysPage} from '../../../../src/domain/credential/provider-address.js'
import {keyProblem} from '../../../../src/domain/credential/malformed.js'
import {
  type Provider,
  providerOf,
  PROVIDERS,
} from '../../../../src/domain/credential/provider-table.js'

const SITE = 'https://mogplex.test'
const BODY = 'hunter2hunter2HUNTER2'
/** The message for every character that is not allowed in a key, without its beginning. */
const NO_WORD = new RegExp(keyProblem(providerOf('mogplex'), 'a b')?.split(': ').at(-1) ?? '^$')

function goodKeyOf({keyPrefix = ''}: Provider): string {
  return `${keyPrefix}${BODY}`
}

/** The error for a text, which must not contain any of it. */
function refusalOf(text: string, provider: Provider): LoginFailedError {
  try {
    readApiKey(text, provider, SITE)
  } catch (error) {
    if (!(error instanceof LoginFailedError)) throw error
    expect(inspect(error, {depth: null})).not.to.match(/hunter/i)
    const {code, exitCode, message, remedy} = error
    expect({code, exitCode}).to.deep.equal({code: 'MALFORMED_KEY', exitCode: 64})
    expect(message).to.match(/^That is not a key of .+: .+\. Nothing was stored\.$/)
    expect(message + remedy).not.to.match(/[\x00-\x1f\x7f-\uffff]/)
    expect(remedy).to.include(keysPage(provider, SITE))
    return error
  }
  throw new Error('It was taken for a key.')
}

describe('readApiKey', () => {
  for (const provider of PROVIDERS) {
    const good = goodKeyOf(provider)

    it(`reads a key of ${provider.name}, ignoring surrounding blanks and line ends`, () => {
      for (const text of [
        good,
        `${good}\n`,
        `${good}\r\n`,
        `${good}\r`,
        `${good}\n\n`,
        `\n${good}\n`,
        `\ufeff${good}\r\n`,
        ` ${good}\t\n`,
        `${good}\u00a0`,
        `\r\n \r\n${good} \r\n\r\n`,
        `${good}\n${good}\n`,
        `\ufeff${good}\r\n${good}`,
      ]) {
        const secret = readApiKey(text, provider, SITE)
        expect(secret.reveal(), JSON.stringify(text)).to.equal(good)
        expect(inspect(secret)).not.to.match(/hunter/)
      }
    })

    for (const other of PROVIDERS) {
      const {id, name, keyPrefix} = other
      if (id === provider.id || keyPrefix === undefined) continue
      it(`refuses a key of ${name} as one of ${provider.name}, and names its provider`, () => {
        const {message} = refusalOf(`${goodKeyOf(other)}\n`, provider)
        expect(message).to.include(keyProblem(provider, goodKeyOf(other)))
      })
    }
  }

  const bad: [what: string, make: (good: string) => string, why: RegExp][] = [
    ['an empty text', () => '', /: it is empty\./],
    ['a line end alone', () => '\n', /: it is empty\./],
    ['blanks', () => ' \t \n', /: it is empty\./],
    ['two line ends', () => '\n\n', /: it is empty\./],
    ['blank lines of Windows', () => '\ufeff\r\n \r\n', /: it is empty\./],
    ['two lines', (good) => `${good}\n${good}x\n`, /more than one line/],
    ['a line end inside', (good) => `${good}\n${BODY}x`, /more than one line/],
    ['a CR inside', (good) => `${good}\r${BODY}x\n`, /more than one line/],
    ['two lines as Windows has them', (good) => `${good}\r\n${good}x\r\n`, /more than one line/],
    ['a second line that is not a key', (good) => `${good}\nexport\n`, /more than one line/],
    ['double quotes', (good) => `"${good}"\n`, /in quotes/],
    ['single quotes', (good) => `'${good}'`, /in quotes/],
    ['backticks', (good) => `\`${good}\``, /in quotes/],
    ['a quote before it', (good) => `"${good}`, /in quotes/],
    ['a quote after it', (good) => `${good}"\n`, /in quotes/],
    ['typographic quotes', (good) => `\u201c${good}\u201d`, NO_WORD],
    ['a blank inside', (good) => `${good} ${BODY}\n`, NO_WORD],
    ['a byte order mark inside', (good) => `${good}\ufeff${BODY}\n`, NO_WORD],
    [
      'UTF-16 without a byte order mark',
      (good) => Buffer.from(good, 'utf16le').toString(),
      NO_WORD,
    ],
    ['quotes with blanks around', (good) => ` "${good}" \r\n`, /in quotes/],
    ['what hides a key', () => 'sk-****1234\n', /placeholder/],
    ['a reference', () => '${WORK_KEY}\n', /is a reference to a variable/],
    ['a NUL', (good) => `${good}\0\n`, NO_WORD],
    ['an escape sequence', (good) => `\x1b[31m${good}\n`, NO_WORD],
    ['a paste as terminals bracket it', (good) => `\x1b[200~${good}\x1b[201~`, NO_WORD],
    ['DEL', (good) => `${good}\x7f`, NO_WORD],
    ['a letter outside ASCII', (good) => `${good}\u00e4\n`, NO_WORD],
    ['half a surrogate pair', (good) => `${good}\ud83d\n`, NO_WORD],
    ['what no encoding could read', (good) => `${good}\ufffd\n`, NO_WORD],
    ['a zero-width space', (good) => `${good}\u200b\n`, NO_WORD],
    ['an assignment', (good) => `export KEY=${good}\n`, /assignment/],
    ['a text that is too long', (good) => `${good.padEnd(70_000, 'x')}\n`, /too long/],
    ['a key that is too long', (good) => `${good.padEnd(8193, 'x')}\n`, /too long/],
    ['a key before so many blanks that more may follow', (good) => good.padEnd(20_000), /too long/],
  ]
  for (const [what, make, why] of bad) {
    it(`refuses ${what} as a key of any provider, without repeating it`, () => {
      for (const provider of PROVIDERS) {
        expect(refusalOf(make(goodKeyOf(provider)), provider).message).to.match(why)
      }
    })
  }

  it('accepts long keys, up to the length of a header', () => {
    const token = `eyJ${'x'.repeat(4000)}`
    expect(readApiKey(token, providerOf('vercel'), SITE).reveal()).to.equal(token)
  })

  it('keeps every printable character of a key', () => {
    const key = 'x!#$%&()*+,-./:;<=>?@[\\]^_{|}~"y'
    expect(readApiKey(key, providerOf('mistral'), SITE).reveal()).to.equal(key)
  })

  for (const text of ['mog_', 'mog_short', `MOG_${BODY}`, BODY, `mog_${BODY}-`, `mog_${BODY}.x`]) {
    it(`requires the format of a Mogplex key: ${text.replace(BODY, 'X')} has another`, () => {
      const {message} = refusalOf(text, providerOf('mogplex'))
      expect(message).to.include('one begins with mog_, and letters and digits follow')
    })
  }
})
