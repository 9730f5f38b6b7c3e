import {hostOf, parseUrl} from '../network/addresses.js'
import type {HttpAnswer} from '../network/http.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'
import {type Finding, wrong} from './finding.js'

const ID = 'metadata'

/**
 * What is wrong with a server's response in place of its metadata (RFC 8414), where the cause is
 * more specific than "there is none"; otherwise `undefined`.
 *
 * @param answers - responses of its well-known addresses, in order
 */
export function metadataFlaw(answers: readonly HttpAnswer[], issuer: string): Finding | undefined {
  const host = hostOf(issuer)
  const [first] = answers
  const target = parseUrl(first?.headers.location ?? '', issuer)
  if (first !== undefined && first.status >= 300 && first.status < 400 && target !== undefined) {
    if (target.origin !== new URL(issuer).origin) {
      const what = `${host} leads to ${printable(target.origin)} and answers nothing itself`
      return wrong(
        ID,
        what,
        `Set MOGPLEX_URL to ${printable(target.origin)} if you trust that address.`,
      )
    }
  }
  if (answers.some(({status, body}) => status === 200 && body.trimStart().startsWith('<'))) {
    const what = `${host} answers with a web page where its metadata should be: a sign-in page of the network, a proxy, or not a Mogplex`
    return wrong(
      ID,
      what,
      'Open it in a browser; check the network, MOGPLEX_URL and MOGPLEX_ISSUER.',
    )
  }
  const named = answers
    .filter(({status}) => status === 200)
    .flatMap(({body}) => asText(asRecord(parseJson(body))?.issuer) ?? [])
    .map((name) => name.replace(/\/+$/, ''))
  const other = named.find((name) => name !== issuer)
  if (other === undefined) return undefined
  const what = `${host} names another issuer in its metadata: ${printable(other, 200)}`
  return wrong(
    'issuer',
    what,
    'Check MOGPLEX_URL and MOGPLEX_ISSUER: the latter must be the issuer itself.',
  )
}
