import type {Credential} from '../../domain/credential/credential.js'
import {ScopeMissingError} from '../../domain/errors/access.js'
import {hostOf} from '../../domain/network/addresses.js'
import type {HttpRequest} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'

/** The service's text of a refusal (contract 6); `said` is printable, to follow a colon. */
export function refusalOf(body: string): {readonly code: unknown; readonly said?: string} {
  const {code, message} = asRecord(asRecord(parseJson(body))?.error) ?? {}
  const said = printable(asText(message) ?? '').replace(/\.$/, '')
  return {code, ...(said !== '' && {said})}
}

/** The error for a 403; `said` is the service's text, where that may be shown. */
export function scopeMissing(
  method: HttpRequest['method'],
  said: string | undefined,
  {source}: Credential,
  baseUrl: string,
): ScopeMissingError {
  const scope = method === 'GET' ? 'read' : 'write'
  const why = said ?? `it needs the scope \`${scope}\``
  return new ScopeMissingError(
    `${hostOf(baseUrl)} does not allow this: ${why}.`,
    source.type === 'env'
      ? `Set ${source.variable} to a key with the scope \`${scope}\`.`
      : 'Run `mogplex login`.',
  )
}
