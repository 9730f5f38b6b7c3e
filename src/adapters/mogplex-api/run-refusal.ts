import {hostOf} from '../../domain/network/addresses.js'
import type {Credential} from '../../domain/credential/credential.js'
import {ScopeMissingError} from '../../domain/errors/access.js'
import {RunRefusedError} from '../../domain/errors/run.js'
import type {HttpAnswer} from '../../domain/network/http.js'
import {asRecord, asText, parseJson} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'

/** What a 403 or a 409 means for a run, in the words of the service where it has some (contract 6). */
export function refusal(
  method: 'GET' | 'POST',
  {status, body}: HttpAnswer,
  {source}: Credential,
  baseUrl: string,
): RunRefusedError | ScopeMissingError | undefined {
  if (status !== 403 && status !== 409) return undefined
  const host = hostOf(baseUrl)
  const message = asText(asRecord(asRecord(parseJson(body))?.error)?.message)
  const said = message === undefined ? undefined : printable(message).replace(/\.$/, '')
  if (status === 409) return new RunRefusedError(host, said ?? 'the run is in no state for it')
  const scope = method === 'GET' ? 'read' : 'write'
  return new ScopeMissingError(
    `${host} does not allow this: ${said ?? `it needs the scope \`${scope}\``}.`,
    source.type === 'env'
      ? `Set ${source.variable} to a key with the scope \`${scope}\`.`
      : 'Run `mogplex login`.',
  )
}
