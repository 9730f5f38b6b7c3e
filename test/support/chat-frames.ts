/** A frame of a stream with a piece of text (contract 10). */
export function textFrame(content: string): string {
  return frame({choices: [{index: 0, delta: {content}, finish_reason: null}], model: 'stub-1'})
}

/** The frame with the finish reason and the usage. */
export const LAST_FRAME = frame({
  choices: [{index: 0, delta: {}, finish_reason: 'stop'}],
  model: 'stub-1',
  usage: {prompt_tokens: 3, completion_tokens: 5, total_tokens: 8},
})

export const DONE = 'data: [DONE]\n\n'

export const USAGE = {promptTokens: 3, completionTokens: 5, totalTokens: 8}

export function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

/** A whole stream of these pieces. */
export function streamOf(...pieces: readonly string[]): string {
  const role = frame({choices: [{index: 0, delta: {role: 'assistant'}, finish_reason: null}]})
  return [role, ...pieces.map(textFrame), LAST_FRAME, DONE].join('')
}
