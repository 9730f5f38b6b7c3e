// Answers one prompt on standard output, for scripts: only the answer, as it arrives. Neither the
// prompt nor the answer is stored.
import {once} from 'node:events'
import type {AnswerEvent} from '../../services/answer-prompt.js'

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
 * Reads an answer to its end, and writes it as it arrives, followed by a line feed.
 *
 * @param output - `undefined` where only the whole answer is wanted
 * @returns `undefined` where the reader of the output closed it early
 * @throws the error that the events end with, after the preceding text
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

/** Waits for a slow reader; `false` when the reader has closed (`mogplex --prompt … head -1`). */
async function written(text: string, output: Output): Promise<boolean> {
  if (isGone(output)) return false
  if (output.write(text)) return !isGone(output)
  const over = new AbortController()
  const {signal} = over
  await Promise.race([once(output, 'drain', {signal}), once(output, 'close', {signal})]).catch(
    () => undefined, // an error is handled below
  )
  over.abort()
  return !isGone(output)
}

function isGone({destroyed, errored}: Output): boolean {
  return destroyed || errored !== null
}
