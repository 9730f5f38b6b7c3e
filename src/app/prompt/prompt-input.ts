import {UsageError} from '../../domain/errors/usage.js'

// More than any model reads.
const MAX_CHARACTERS = 8 * 1024 * 1024

/**
 * The prompt of `--prompt TEXT`; of `--prompt -`, all of standard input.
 *
 * @throws {UsageError} exit 2, when it is empty, or much too long
 */
export async function promptOf(value: string, stdin: AsyncIterable<unknown>): Promise<string> {
  // The final line feed belongs to the pipe, not to the prompt.
  const prompt = value === '-' ? (await allOf(stdin)).replace(/\r?\n$/, '') : value
  if (prompt.trim() !== '') return prompt
  throw new UsageError(
    value === '-' ? 'Standard input holds no prompt.' : 'The prompt is empty.',
    'Give it as `mogplex --prompt "…"`, or on standard input with `mogplex --prompt -`.',
  )
}

async function allOf(stdin: AsyncIterable<unknown>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stdin) {
    text += chunk instanceof Uint8Array ? decoder.decode(chunk, {stream: true}) : String(chunk)
    if (text.length > MAX_CHARACTERS) {
      throw new UsageError('The prompt on standard input is too long.', 'Shorten it.')
    }
  }
  return text
}
