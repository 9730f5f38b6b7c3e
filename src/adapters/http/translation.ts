import {CancelledError} from '../../domain/errors/cancelled.js'

/** Headers in our form: names in lower case, one string each. */
export function headersOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
  return Object.fromEntries(named)
}

/** Why a signal ended a request, as an error to show. */
export function reasonOf({reason}: AbortSignal): Error {
  if (reason instanceof Error && reason.name !== 'AbortError') return reason
  return new CancelledError('The request was interrupted.', 'Run the command again.')
}
