import {
  excessOf,
  LONGEST_SECRETS,
  MAX_SECRETS,
  SECRETS_LIMITS,
  sizeText,
  tooLarge,
} from '../domain/network/answer-limits.js'
import {parseJson} from '../domain/text/json.js'
import {secretsIn} from '@mogplex/redaction'

/**
 * The secrets in an answer that is full of them. For an error page, of which nothing is shown, the
 * first ones are enough.
 *
 * @throws {AnswerTooLargeError} exit 69, when there are more than can be registered
 */
export function answerSecrets(body: string, host: string): string[] {
  const excess = excessOf(body, SECRETS_LIMITS)
  if (excess !== undefined) throw tooLarge(host, excess)
  const value = parseJson(body)
  if (value === undefined) return secretsIn(body).slice(0, MAX_SECRETS)
  const found = [...new Set(secretsIn(value))]
  if (found.length > MAX_SECRETS) throw tooLarge(host, `${MAX_SECRETS} secrets`)
  const characters = found.reduce((sum, {length}) => sum + length, 0)
  if (characters > LONGEST_SECRETS) throw tooLarge(host, `${sizeText(LONGEST_SECRETS)} of secrets`)
  return found
}
