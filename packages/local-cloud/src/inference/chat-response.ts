import {randomUUID} from 'node:crypto'
import {setTimeout as pause} from 'node:timers/promises'
import type {FailureMode} from './failures.js'

/** The answer to send. */
interface Answer {
  readonly model: string
  readonly text: string
  readonly promptTokens: number
  readonly completionTokens: number
  /** Failures during the answer. */
  readonly turn: FailureMode | undefined
}

const PAUSE_MS = 5
const SLOW_PAUSE_MS = 400
const CONTROLS = '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J \u202eevil\u202c\r\n'

/** A whole answer as one object (contract section 10, `stream: false`). */
export function chatCompletion({model, text, turn, ...counted}: Answer): Response {
  if (turn === 'fail') {
    return Response.json({error: {message: 'The provider failed.'}}, {status: 500})
  }
  const choice = {
    index: 0,
    message: {role: 'assistant', content: text},
    finish_reason: 'stop',
  }
  return Response.json({
    ...headOf(model, 'chat.completion'),
    choices: [choice],
    usage: usageOf(counted),
  })
}

/** An answer as server-sent events, a word at a time (contract section 10). */
export function chatStream(answer: Answer): Response {
  const frames = framesOf(answer)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const {done, value} = await frames.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await frames.return()
    },
  })
  const headers = {'content-type': 'text/event-stream', 'cache-control': 'no-cache'}
  return new Response(body, {headers})
}

async function* framesOf({model, text, turn, ...counted}: Answer): AsyncGenerator<string, void> {
  const head = headOf(model, 'chat.completion.chunk')
  const chunk = (delta: object, finish: string | null, more: object = {}): string =>
    frame({...head, choices: [{index: 0, delta, finish_reason: finish}], ...more})
  const pieces = (turn === 'controls' ? CONTROLS + text : text).match(/\s*\S+\s*/g) ?? []
  const middle = Math.ceil(pieces.length / 2)
  yield chunk({role: 'assistant'}, null)
  for (const [index, content] of pieces.entries()) {
    await pause(turn === 'slow' ? SLOW_PAUSE_MS : PAUSE_MS)
    yield chunk({content}, null)
    if (index + 1 !== middle) continue
    if (turn === 'hang') await new Promise(() => {})
    if (turn === 'cut') throw new Error('The connection is cut, as was asked for.')
    if (turn === 'fail') {
      yield frame({error: {message: 'The provider failed.'}})
      yield 'data: [DONE]\n\n'
      return
    }
  }
  yield chunk({}, 'stop', {usage: usageOf(counted)})
  yield 'data: [DONE]\n\n'
}

function frame(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

function headOf(model: string, object: string): object {
  const created = Math.floor(Date.now() / 1000)
  return {id: `chatcmpl_${randomUUID().replaceAll('-', '')}`, object, created, model}
}

function usageOf({
  promptTokens,
  completionTokens,
}: Pick<Answer, 'completionTokens' | 'promptTokens'>): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}
