import {expect} from 'chai'
import {createChatApi} from '../../../src/adapters/chat-api.js'
import type {HttpStream, StreamingHttp} from '../../../src/domain/network/http.js'
import {frame, LAST_FRAME, textFrame} from '../../support/chat-frames.js'
import {makeKey} from '../../support/make-credential.js'
import {failureOf} from '../../support/services.js'

const BASE = 'https://api.openai.com/v1'
const ASKED = {model: 'gpt-5', messages: [{role: 'user', content: 'Hello?'}]} as const
const KB = 1024
const MB = 1024 * KB

interface Hostile {
  readonly status?: number
  /** Sent first, without a wait. */
  readonly first?: string
  /** Sent repeatedly, without an end. */
  readonly again: string
  /** The time between them, in seconds. */
  readonly everySeconds?: number
}

/** The result of an endless answer: its events, and how much of it was read. */
async function askHostile({status = 200, first = '', again, everySeconds = 0}: Hostile) {
  const taken = {bytes: 0, seconds: 0, closed: 0}
  const encoder = new TextEncoder()
  const piece = encoder.encode(again)
  async function* body(): AsyncGenerator<Uint8Array, void> {
    if (first !== '') yield encoder.encode(first)
    for (;;) {
      await Promise.resolve()
      taken.seconds += everySeconds
      taken.bytes += piece.length
      yield piece
    }
  }
  const stream: HttpStream = async () =>
    Promise.resolve({status, headers: {}, body: body(), close: () => void (taken.closed += 1)})
  const http: StreamingHttp = Object.assign(async () => Promise.reject(new Error('unused')), {
    stream,
  })
  let text = ''
  const error = await failureOf(
    (async () => {
      const api = createChatApi(http, BASE, () => taken.seconds * 1000)
      for await (const event of await api.ask(ASKED, makeKey('openai'))) {
        if (event.type === 'text') text += event.text
      }
    })(),
  )
  return {text, error, taken}
}

describe('createChatApi, with a malicious server', () => {
  for (const [what, hostile, most, message] of [
    [
      'a blank now and then',
      {again: ' ', everySeconds: 1},
      {bytes: 601},
      'has sent nothing to read for 600 s',
    ],
    [
      'comments and no text',
      {first: textFrame('a'), again: ': ping\n\n', everySeconds: 10},
      {bytes: 61 * 8},
      'has sent nothing to read for 600 s',
    ],
    [
      'invisible texts',
      {first: textFrame('a'), again: textFrame(' \n'), everySeconds: 10},
      {bytes: 61 * textFrame(' \n').length},
      'has sent nothing to read for 600 s',
    ],
    [
      'a letter now and then, for hours',
      {first: textFrame('a'), again: textFrame('b'), everySeconds: 100},
      {bytes: 37 * textFrame('b').length},
      'has not ended its answer after 3600 s',
    ],
    [
      'blanks as fast as possible',
      {again: ' '.repeat(64 * KB)},
      {bytes: MB + 64 * KB},
      'answered with more than 1 MB of nothing',
    ],
    [
      'a frame that never ends',
      {first: `${textFrame('a')}data: {"a":"`, again: 'x'.repeat(64 * KB)},
      {bytes: MB + 64 * KB},
      'answered with more than 1 MB in one frame',
    ],
    [
      'a frame of lines that never ends',
      {first: textFrame('a'), again: `data: ${'x'.repeat(1000)}\n`.repeat(60)},
      {bytes: MB + 128 * KB},
      'answered with more than 1 MB in one frame',
    ],
    [
      'JSON that never ends',
      {first: '{"a":"', again: 'x'.repeat(64 * KB)},
      {bytes: 8 * MB + 64 * KB},
      'answered with more than 8 MB',
    ],
    [
      'frames of nothing',
      {first: textFrame('a'), again: 'data: {}\n\n'.repeat(6000)},
      {bytes: 510_000 * 10},
      'answered with more than 500000 frames',
    ],
    [
      'comments as fast as possible',
      {first: textFrame('a'), again: ':\n'.repeat(30_000)},
      {bytes: 540_000 * 2},
      'answered with more than 500000 frames',
    ],
    [
      'unknown fields',
      {first: textFrame('a'), again: 'x\n'.repeat(30_000)},
      {bytes: 540_000 * 2},
      'answered with more than 500000 frames',
    ],
    [
      'line ends of two kinds, and nothing else',
      {first: textFrame('a'), again: `${'\n'.repeat(64 * KB)}\r`},
      {bytes: 65 * MB},
      'answered with more than 64 MB',
    ],
    [
      'text without an end',
      {again: textFrame('x'.repeat(60 * KB))},
      {bytes: 65 * MB},
      'answered with more than 64 MB',
    ],
  ] as const) {
    it(`ends ${what}, exit 69, and returns the text before`, async function () {
      this.timeout(60_000)
      const {text, error, taken} = await askHostile(hostile)
      expect(error).to.include({code: 'ANSWER_TOO_LARGE', exitCode: 69})
      expect(error.message).to.equal(`api.openai.com ${message}.`)
      expect(taken.bytes).to.be.at.most(most.bytes)
      expect(taken.closed).to.be.above(0)
      if ('first' in hostile && hostile.first.includes(textFrame('a'))) {
        expect(text).to.match(/^a/)
      }
    })
  }

  it('accepts a model that thinks for nine minutes', async () => {
    const thought = frame({choices: [{delta: {reasoning_content: 'hm'}}]})
    const times = {now: 0}
    async function* body(): AsyncGenerator<Uint8Array, void> {
      for (let minute = 0; minute < 9; minute += 1) {
        await Promise.resolve()
        times.now += 60_000
        yield new TextEncoder().encode(thought)
      }
      yield new TextEncoder().encode(`${textFrame('a')}${LAST_FRAME}`)
    }
    const stream: HttpStream = async () =>
      Promise.resolve({status: 200, headers: {}, body: body(), close: () => undefined})
    const http = Object.assign(async () => Promise.reject(new Error('unused')), {stream})
    const events = []
    const api = createChatApi(http, BASE, () => times.now)
    for await (const event of await api.ask(ASKED, makeKey('openai'))) events.push(event.type)
    expect(events).to.deep.equal(['text', 'end'])
  })

  it('does not wait for a missing end, where the model has reported it', async () => {
    const times = {now: 0}
    async function* body(): AsyncGenerator<Uint8Array, void> {
      yield new TextEncoder().encode(`${textFrame('a')}${LAST_FRAME}`)
      for (;;) {
        await Promise.resolve()
        times.now += 1000
        yield new TextEncoder().encode(': ping\n\n')
      }
    }
    const stream: HttpStream = async () =>
      Promise.resolve({status: 200, headers: {}, body: body(), close: () => undefined})
    const http = Object.assign(async () => Promise.reject(new Error('unused')), {stream})
    const events = []
    const api = createChatApi(http, BASE, () => times.now)
    for await (const event of await api.ask(ASKED, makeKey('openai'))) events.push(event.type)
    expect(events).to.deep.equal(['text', 'end'])
    expect(times.now).to.equal(16_000)
  })

  it('does not count the time of a slow reader', async () => {
    const times = {now: 0}
    async function* body(): AsyncGenerator<Uint8Array, void> {
      for (const text of ['a', 'b', 'c']) {
        yield await Promise.resolve(new TextEncoder().encode(textFrame(text)))
      }
      yield new TextEncoder().encode(LAST_FRAME)
    }
    const stream: HttpStream = async () =>
      Promise.resolve({status: 200, headers: {}, body: body(), close: () => undefined})
    const http = Object.assign(async () => Promise.reject(new Error('unused')), {stream})
    let text = ''
    const api = createChatApi(http, BASE, () => times.now)
    for await (const event of await api.ask(ASKED, makeKey('openai'))) {
      if (event.type === 'text') text += event.text
      times.now += 7_200_000
    }
    expect(text).to.equal('abc')
  })

  it('does not wait for more of a refusal than its reason', async () => {
    const {error, taken} = await askHostile({
      status: 500,
      first: '{"error":"It is broken."}',
      again: ' ',
      everySeconds: 1,
    })
    expect(error.message).to.equal('api.openai.com is in trouble: it answers 500: It is broken.')
    expect(taken.bytes).to.be.at.most(16)
  })
})
