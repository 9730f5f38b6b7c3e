// Answers one prompt on standard output, for scripts: the answer and nothing else, as it comes.
// Neither the prompt nor the answer is kept.
import {once} from 'node:events'
import type {AnswerEvent} from '../services/answer-prompt.js'

type AnswerEnd = Extract<AnswerEvent, {type: 'end'}>

interface Output extends NodeJS.EventEmitter {
  readonly destroyed: boolean
  readonly errored: Error | null
  write(text: string): boolean
}

/** A whole answer, and how it ended. */
interface OneAnswer extends Omit<AnswerEnd, 'type'> {
  readonly text: string
}

/**
 * Reads an answer to its end, and writes it as it comes, with a line feed behind it.
 *
 * @param output - `undefined` where the whole is wanted, and nothing before
 * @returns `undefined` where the reader of the output left before the end
 * @throws what the events end with, after what came before
 */
export async function promptOnce(
  events: AsyncIterable<AnswerEvent>,
  output: Output | undefined,
): Promise<OneAnswer | undefined> {
  let text = ''
  try {
    for await (const event of events) {
      if (event.type === 'end') return {...event, text}
      if (event.type === 'asking') continue
      text += event.text
      if (output !== undefined && !(await written(event.text, output))) return undefined
    }
    return undefined
  } finally {
    if (output !== undefined && text !== '' && !text.endsWith('\n')) await written('\n', output)
  }
}

/** Waits for a slow reader; `false` for one who has left (`mogplex --prompt … | head -1`). */
async function written(text: string, output: Output): Promise<boolean> {
  if (isGone(output)) return false
  if (output.write(text)) return !isGone(output)
  const over = new AbortController()
  const {signal} = over
  await Promise.race([once(output, 'drain', {signal}), once(output, 'close', {signal})]).catch(
    () => undefined, // an error is looked at below
  )
  over.abort()
  return !isGone(output)
}

function isGone({destroyed, errored}: Output): boolean {
  return destroyed || errored !== null
}
