import {StringDecoder} from 'node:string_decoder'
import {createParser} from 'eventsource-parser'

/** Where a stream can be resumed, as far as it was read. */
export interface StreamPosition {
  /** The id of the last event that had one. */
  id?: string
  /** How long the server asks to wait before that. */
  retryMs?: number
}

/**
 * The data of server-sent events, across any chunk boundaries.
 *
 * @param position - updated with each event
 * @param longest - the limit of one event, in characters
 * @param refuse - creates the error for one that is longer
 */
export async function* eventData(
  body: AsyncIterable<Uint8Array>,
  position: StreamPosition,
  longest: number,
  refuse: () => Error,
): AsyncGenerator<string, void> {
  // A plain string takes half the memory of one from a `TextDecoder`.
  const decoder = new StringDecoder('utf8')
  const events: string[] = []
  const state = {isTooLong: false, endedInReturn: false}
  const parser = createParser({
    maxBufferSize: longest,
    onEvent({data, id}) {
      if (id !== undefined) position.id = id
      if (data.trim() !== '') events.push(data)
    },
    onRetry(retryMs) {
      position.retryMs = retryMs
    },
    onError({type}) {
      if (type === 'max-buffer-size-exceeded') state.isTooLong = true
    },
  })
  // Normalises line ends: with others, the parser would search the rest for both at each line.
  const withLineFeeds = (text: string): string => {
    const rest = state.endedInReturn && text.startsWith('\n') ? text.slice(1) : text
    state.endedInReturn = text.endsWith('\r')
    return rest.replaceAll(/\r\n?/g, '\n')
  }
  for await (const chunk of body) {
    parser.feed(
      withLineFeeds(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))),
    )
    yield* events.splice(0)
    if (state.isTooLong) throw refuse()
  }
  // The last event need not end with an empty line.
  parser.feed('\n\n')
  yield* events.splice(0)
}
