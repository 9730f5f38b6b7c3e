import {LoginFailedError} from '../errors/authentication.js'
import {keysPage} from '../credential/provider-address.js'
import {keyProblem} from '../credential/malformed.js'
import type {Provider} from '../credential/provider-table.js'
import {Secret} from '../credential/secret.js'

const MOGPLEX_KEY = /^mog_[A-Za-z0-9]{8,}$/
// Less than the read limit (app/sign-in/key-input.ts): the end of a longer text may be missing.
const MAX_CHARACTERS = 16 * 1024

/**
 * A key from what a person pastes or a program writes. Surrounding text is ignored: line ends of
 * every system, blanks, a byte order mark. Nothing else is repaired: quotes are never part of a
 * key, and two different lines may be two keys.
 *
 * @param text - all that was read
 * @param siteRoot - the Mogplex address, without a trailing slash
 * @throws {LoginFailedError} exit 64, saying what is wrong without quoting the text
 */
export function readApiKey(text: string, provider: Provider, siteRoot: string): Secret {
  const lines = linesOf(text)
  const [line = ''] = lines
  const why =
    whyNoLine(text, lines) ?? keyProblem(provider, line) ?? whyNoMogplexKey(provider, line)
  if (why === undefined) return new Secret(line)
  throw new LoginFailedError(
    `That is not a key of ${provider.name}: ${why.replace(/^it cannot be a key: /, '')}. Nothing was stored.`,
    `Give the key alone, on one line. Keys are at ${keysPage(provider, siteRoot)}.`,
    'MALFORMED_KEY',
  )
}

/** The lines that are not blank, without duplicates. */
function linesOf(text: string): string[] {
  const lines = text.split(/[\r\n]/).map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}

function whyNoLine(text: string, lines: readonly string[]): string | undefined {
  if (text.length > MAX_CHARACTERS) return 'it is too long for one'
  if (lines.length === 0) return 'it is empty'
  return lines.length === 1 ? undefined : 'it is more than one line'
}

function whyNoMogplexKey({id}: Provider, line: string): string | undefined {
  if (id !== 'mogplex' || MOGPLEX_KEY.test(line)) return undefined
  return 'one begins with mog_, and letters and digits follow'
}
