import {loadRedactor} from './redaction.js'

/**
 * Work whose result repeats a stored answer of a server, without a request: the output is guarded
 * before the result is shown.
 *
 * @param isWorthIt - the guard is loaded only then
 */
export function guarded<R, T>(
  work: (request: R) => Promise<T>,
  isWorthIt: () => boolean = () => true,
): (request: R) => Promise<T> {
  return async (request) => {
    if (isWorthIt()) {
      const {guardOutput} = await import('./guarded-output.js')
      guardOutput(await loadRedactor())
    }
    return work(request)
  }
}
