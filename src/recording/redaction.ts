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

/** @param read - gives texts in which secrets are stored; asked once, when the redactor is made */
export function redactStored(read: () => Promise<readonly string[]>): void {
  readStored = read
}

/**
 * The one redactor of this process, which all text passes that leaves it for a log, for standard
 * error or as an error. Made when it is first needed: to know a secret costs next to nothing.
 */
export async function loadRedactor(): Promise<Redactor> {
  return (loading ??= makeRedactor())
}

/**
 * An authorization request: its parameters are known from now on, and the address itself, on a line
 * of its own, is let through, since a person has to open it.
 */
export function showAddress({href, searchParams}: URL): void {
  toBeOpened.add(href)
  for (const name of ['state', 'nonce', 'request_uri']) known.know(searchParams.get(name) ?? '')
}

/** Whether a known value is in a text as it is; nothing is loaded to tell. */
export function holdsKnown(text: string): boolean {
  return known.since(0).some((value) => text.includes(value))
}

/**
 * Whether a text is such an address, the line of JSON that `login --json` tells it by, or what a
 * terminal takes for its clipboard (OSC 52).
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
 * Makes the secrets in an answer known from now on, by their names and their looks.
 *
 * @throws {AnswerTooLargeError} exit 69, when there are too many: then none is known, and nothing of
 *   the answer may be used
 */
export async function knowAnswer(body: string, host: string): Promise<void> {
  const {answerSecrets} = await import('./answer-secrets.js')
  for (const value of answerSecrets(body, host)) known.know(value)
}

/** Makes the words of a command line known that look like keys: an error would repeat them. */
export async function knowTyped(argv: readonly string[]): Promise<void> {
  const {typedSecrets} = await import('../domain/log/typed-secrets.js')
  for (const value of typedSecrets(argv)) known.know(value)
}

/** Takes secrets out of the message of an error that somebody shows to people, on whichever stream. */
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
