import {asRecord, asText, parseJson} from '../domain/text/json.js'
import {redactBeforePrinting} from '../domain/text/printable.js'
import {knownSecrets} from '@mogplex/redaction/known'
import type {Redactor} from '@mogplex/redaction'
import {KEY_FORMATS} from '../domain/credential/provider-table.js'
import {Secret} from '../domain/credential/secret.js'

/** Every value that became a `Secret` in this process. */
const known = knownSecrets()
Secret.watch((value) => {
  known.know(value)
})
// Until the redactor is loaded: `whoami` prints what it read, and loads none.
redactBeforePrinting((text) => (known.standIn(text) ? '[redacted]' : text))

const toBeOpened = new Set<string>()

let loading: Promise<Redactor> | undefined
let readStored = async (): Promise<readonly string[]> => Promise.resolve([])

/**
 * @param read - returns texts that contain stored secrets; called once, when the redactor is
 *   created
 */
export function redactStored(read: () => Promise<readonly string[]>): void {
  readStored = read
}

/**
 * The only redactor of this process, for all text that leaves it in a log, on standard error or as
 * an error. Created when it is first needed: registering a secret costs next to nothing.
 */
export async function loadRedactor(): Promise<Redactor> {
  return (loading ??= makeRedactor())
}

/**
 * An authorization request: its parameters are secrets from now on, and the address itself, on a
 * separate line, passes unredacted, since a person has to open it.
 */
export function showAddress({href, searchParams}: URL): void {
  toBeOpened.add(href)
  for (const name of ['state', 'nonce', 'request_uri']) known.know(searchParams.get(name) ?? '')
}

/** Whether a known value occurs in a text unchanged; loads nothing. */
export function holdsKnown(text: string): boolean {
  return known.since(0).some((value) => text.includes(value))
}

/**
 * Whether a text is such an address, the line of JSON in which `login --json` prints it, or the
 * terminal's clipboard sequence (OSC 52).
 */
export function isToBeOpened(text: string): boolean {
  if (toBeOpened.size === 0) return false
  const line = text.trim()
  return [line, addressIn(line), fromBase64(line)].some((address) => toBeOpened.has(address))
}

function fromBase64(text: string): string {
  return /^[A-Za-z\d+/]+=*$/.test(text) ? Buffer.from(text, 'base64').toString() : ''
}

function addressIn(line: string): string {
  if (!line.startsWith('{"type":"authorization",')) return ''
  return asText(asRecord(parseJson(line))?.url) ?? ''
}

/**
 * Registers the secrets in an answer from now on, by their names and formats.
 *
 * @throws {AnswerTooLargeError} exit 69, when there are too many: then none is registered, and
 *   nothing of the answer may be used
 */
export async function knowAnswer(body: string, host: string): Promise<void> {
  const {answerSecrets} = await import('./answer-secrets.js')
  for (const value of answerSecrets(body, host)) known.know(value)
}

/** Registers words of a command line that look like keys: an error would repeat them. */
export async function knowTyped(argv: readonly string[]): Promise<void> {
  const {typedSecrets} = await import('../domain/log/typed-secrets.js')
  for (const value of typedSecrets(argv)) known.know(value)
}

/** Removes secrets from an error message that is shown to people, on either stream. */
export async function redactMessage(error: unknown): Promise<void> {
  if (error instanceof Error) error.message = (await loadRedactor()).redactValues(error.message)
}

async function makeRedactor(): Promise<Redactor> {
  const {createRedactor, secretsIn} = await import('@mogplex/redaction')
  for (const value of secretsIn(process.env, 'names')) known.know(value)
  for (const text of await readStored()) for (const value of secretsIn(text)) known.know(value)
  const redactor = createRedactor({known, formats: KEY_FORMATS})
  redactBeforePrinting((text) => redactor.redactBroken(text))
  return redactor
}
