import {LoginFailedError} from '../errors/authentication.js'
import {keysPage} from '../credential/provider-address.js'
import {whyNoKey} from '../credential/malformed.js'
import type {Provider} from '../credential/provider-table.js'
import {Secret} from '../credential/secret.js'

const MOGPLEX_KEY = /^mog_[A-Za-z0-9]{8,}$/
// Servers take no longer header; what is longer is a file by mistake, and perhaps not all of it.
const MOST_CHARACTERS = 8 * 1024

/**
 * A key from one line of text, as a person pastes it or a program writes it: the line's end is no
 * part of it. Nothing else is mended: what looks like a mistake is one.
 *
 * @param text - all that was read
 * @param siteRoot - the Mogplex address, without a trailing slash
 * @throws {LoginFailedError} exit 64, saying what is wrong without any of the text
 */
export function readApiKey(text: string, provider: Provider, siteRoot: string): Secret {
  const line = text.replace(/\n$/, '')
  const why = whyNoLine(line) ?? whyNoKey(provider, line) ?? whyNoMogplexKey(provider, line)
  if (why === undefined) return new Secret(line)
  throw new LoginFailedError(
    `That is no key of ${provider.name}: ${why.replace(/^it cannot be a key: /, '')}. Nothing was stored.`,
    `Give the key alone, on one line. Keys are at ${keysPage(provider, siteRoot)}.`,
    'MALFORMED_KEY',
  )
}

function whyNoLine(line: string): string | undefined {
  if (line.startsWith('\uFEFF')) return 'a byte order mark stands before it'
  if (line.trim() === '') return 'it is empty'
  if (line.endsWith('\r') && !/[\r\n]/.test(line.slice(0, -1))) {
    return 'its line ends with CR LF, as Windows has it, not with LF'
  }
  if (/[\r\n]/.test(line)) return 'it is more than one line'
  if (/^["'`]|["'`]$/.test(line)) return 'it is in quotes'
  if (line.length > MOST_CHARACTERS) return 'it is too long for one'
  return undefined
}

function whyNoMogplexKey({id}: Provider, line: string): string | undefined {
  if (id !== 'mogplex' || MOGPLEX_KEY.test(line)) return undefined
  return 'one begins with mog_, and letters and digits follow'
}
