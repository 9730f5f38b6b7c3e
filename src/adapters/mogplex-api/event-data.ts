import {StringDecoder} from 'node:string_decoder'
import {createParser} from 'eventsource-parser'

/** Where a stream can be taken up again, as far as it was read. */
export interface StreamPosition {
  /** Of the last event that had one. */
  id?: string
  /** How long the server wants to be left alone before that. */
  retryMs?: number
}

/**
 * The data of server-sent events, wherever they are cut.
 *
 * @param position - is moved on with each event
 * @param longest - of one event, in characters
 * @param refuse - makes the error for one that is longer
 */
export async function* eventData(
  body: AsyncIterable<Uint8Array>,
  position: StreamPosition,
  longest: number,
  refuse: () => Error,
): AsyncGenerator<string, void> {
  // Plain text takes half of the room that a `TextDecoder` gives it.
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
  // All line ends as one: at each line of others, the parser would search what is left for both.
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
  // The last event need not have an empty line behind it.
  parser.feed('\n\n')
  yield* events.splice(0)
}
