import {readFile, stat} from 'node:fs/promises'
import {text} from 'node:stream/consumers'
import {printable} from '@mogplex/plugin-kit'
import {UsageError} from '../domain/errors.js'
import {checkedPrompt, MAX_CHARACTERS, type PromptSource} from '../domain/prompt.js'

/** A UTF-8 character takes at most four bytes. */
const MAX_BYTES = 4 * MAX_CHARACTERS + 3

/** @throws {UsageError} exit 2, when there is none, it is too long, or its file cannot be read */
export async function readPrompt(
  source: PromptSource,
  stdin: AsyncIterable<Uint8Array | string>,
): Promise<string> {
  if (source.type === 'text') return checkedPrompt(source.text)
  const read = source.type === 'stdin' ? await text(upTo(stdin)) : await textOf(source.path)
  // The final line end belongs to the file, not to the prompt.
  return checkedPrompt(read.replace(/^\uFEFF/, '').replace(/\r?\n$/, ''))
}

async function* upTo(stdin: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of stdin) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    bytes += data.length
    if (bytes > MAX_BYTES) throw tooLong('standard input')
    yield data
  }
}

async function textOf(path: string): Promise<string> {
  const name = printable(path, 200)
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined)
    throw new UsageError(`The file ${name} does not exist.`, 'Check the path.')
  if (stats.isFile() && stats.size > MAX_BYTES) throw tooLong(name)
  return readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${name} cannot be read.`, 'Check what it is, and its mode.')
  })
}

function tooLong(where: string): UsageError {
  return new UsageError(
    `The prompt in ${where} is too long: the service takes ${MAX_CHARACTERS} characters.`,
    'Shorten it, or put the long part into a file of the repository.',
  )
}
