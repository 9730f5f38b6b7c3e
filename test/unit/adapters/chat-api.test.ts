import {createRedactor, knownSecrets} from '@mogplex/redaction'
import {expect} from 'chai'
import {redactBeforePrinting} from '../../../src/domain/text/printable.js'
import {createChatApi} from '../../../src/adapters/chat-api.js'
import type {ChatEvent} from '../../../src/domain/chat/chat.js'
import {UnreachableError} from '../../../src/domain/errors/remote.js'
import {DONE, frame, LAST_FRAME, streamOf, textFrame, USAGE} from '../../support/chat-frames.js'
import {type GivenAnswer, givenHttp} from '../../support/given-stream.js'
import {makeKey, makeLogin, makeShellKey} from '../../support/make-credential.js'
import {failureOf} from '../../support/services.js'

const BASE = 'https://api.openai.com/v1'
const KEY = makeKey('openai')
const ASKED = {model: 'gpt-5', messages: [{role: 'user', content: 'Hello?'}]} as const

interface Heard {
  readonly text: string
  readonly end: ChatEvent | undefined
}

/** Reads an answer to its end; events before a failure are in `heard`. */
async function hear(given: GivenAnswer, heard: {text: string} = {text: ''}): Promise<Heard> {
  const {http} = givenHttp(given)
  const answer = await createChatApi(http, BASE).ask(ASKED, KEY)
  let end: ChatEvent | undefined
  for await (const event of answer) {
    expect(end, 'nothing comes after the end').to.equal(undefined)
    if (event.type === 'text') heard.text += event.text
    else end = event
  }
  return {text: heard.text, end}
}

async function failAfter(given: GivenAnswer) {
  const heard = {text: ''}
  const error = await failureOf(hear(given, heard))
  return {text: heard.text, error}
}

const END = {type: 'end', model: 'stub-1', finish: 'stop', usage: USAGE}

describe('createChatApi, ask', () => {
  it('posts the conversation, requests a stream and sends the key to that address', async () => {
    const {http, requests} = givenHttp({chunks: [streamOf('Hi')]})
    await createChatApi(http, BASE).ask(ASKED, KEY)
    const [request] = requests
    expect(request?.method).to.equal('POST')
    expect(request?.url.href).to.equal('https://api.openai.com/v1/chat/completions')
    expect(request?.headers).to.include({authorization: 'Bearer stored-openai-key'})
    expect(JSON.parse(String(request?.body))).to.deep.equal({
      model: 'gpt-5',
      messages: [{role: 'user', content: 'Hello?'}],
      stream: true,
      stream_options: {include_usage: true},
    })
  })

  it('leaves the model to a server with a default, and requests no usage there', async () => {
    const {http, requests} = givenHttp({chunks: [streamOf('Hi')]})
    const request = {model: undefined, messages: ASKED.messages}
    await createChatApi(http, 'https://mogplex.com/api/cli/inference').ask(request, makeShellKey())
    expect(JSON.parse(String(requests[0]?.body))).to.deep.equal({
      messages: ASKED.messages,
      stream: true,
    })
  })

  it('yields the pieces of the text, then the model, the finish reason and the usage', async () => {
    expect(await hear({chunks: [streamOf('Hel', 'lo!')]})).to.deep.equal({text: 'Hello!', end: END})
  })

  it('reads the same with any chunk boundaries, even inside a letter', async () => {
    const bytes = new TextEncoder().encode(`\uFEFF: hello\n\n${streamOf('Grüße, ', '世界 🎉')}`)
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const chunks = [bytes.slice(0, cut), bytes.slice(cut)]
      expect(await hear({chunks}), `cut at ${cut}`).to.deep.equal({
        text: 'Grüße, 世界 🎉',
        end: END,
      })
    }
    const single = [...bytes].map((byte) => new Uint8Array([byte]))
    expect(await hear({chunks: single})).to.deep.equal({text: 'Grüße, 世界 🎉', end: END})
  })

  for (const [name, newline] of [
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`reads lines that end with ${name}, with any chunk boundaries`, async () => {
      const bytes = new TextEncoder().encode(streamOf('a', 'b').replaceAll('\n', newline))
      for (let cut = 1; cut < bytes.length; cut += 1) {
        const chunks = [bytes.slice(0, cut), bytes.slice(cut)]
        expect(await hear({chunks}), `cut at ${cut}`).to.deep.equal({text: 'ab', end: END})
      }
    })
  }

  it('skips comments, empty frames, other fields and frames of another kind', async () => {
    const noise = ': ping\n\ndata:\n\nid: 7\nretry: 10\nevent: ping\ndata: {"type":"ping"}\n\nx\n\n'
    const answer = await hear({chunks: [noise, textFrame('a'), noise, LAST_FRAME, noise, DONE]})
    expect(answer).to.deep.equal({text: 'a', end: END})
  })

  it('reads frames without a blank after the colon, and of several lines', async () => {
    const chunks = ['data:{"choices":\ndata:[{"delta":{"content":"a"}}]}\n\n', LAST_FRAME, DONE]
    expect(await hear({chunks})).to.deep.equal({text: 'a', end: END})
  })

  it('reads the usage from a separate frame after the last one', async () => {
    const last = frame({
      model: 'stub-1',
      choices: [{delta: {}, finish_reason: 'stop'}],
      usage: null,
    })
    const usage = frame({choices: [], usage: {prompt_tokens: 3, completion_tokens: 5}})
    expect(await hear({chunks: [textFrame('a'), last, usage, DONE]})).to.deep.equal({
      text: 'a',
      end: END,
    })
  })

  it('ends with [DONE], whatever follows, and closes the connection', async () => {
    const {http, closed} = givenHttp({
      chunks: [streamOf('a'), textFrame('too late'), frame({error: 'too late'})],
      failure: new UnreachableError('never read'),
    })
    const answer = await createChatApi(http, BASE).ask(ASKED, KEY)
    const events = []
    for await (const event of answer) events.push(event)
    expect(events).to.deep.equal([{type: 'text', text: 'a'}, END])
    expect(closed.times).not.to.equal(0)
  })

  it('accepts [DONE] without an empty line after it', async () => {
    expect(await hear({chunks: [textFrame('a'), LAST_FRAME, 'data: [DONE]']})).to.deep.equal({
      text: 'a',
      end: END,
    })
  })

  it('leaves out tool calls and reasoning', async () => {
    const chunks = [
      frame({choices: [{delta: {tool_calls: [{index: 0, function: {name: 'x'}}]}}]}),
      frame({choices: [{delta: {reasoning_content: 'hm', content: null}}]}),
      frame({choices: [{delta: {content: [{type: 'thinking'}, {type: 'text', text: 'a'}]}}]}),
      LAST_FRAME,
      DONE,
    ]
    expect((await hear({chunks})).text).to.equal('a')
  })

  it('reads an answer that is one JSON object, in any number of chunks', async () => {
    const json = JSON.stringify({
      model: 'stub-1',
      choices: [{message: {role: 'assistant', content: 'Grüße'}, finish_reason: 'stop'}],
      usage: {prompt_tokens: 3, completion_tokens: 5, total_tokens: 8},
    })
    const bytes = new TextEncoder().encode(` \n${json}`)
    for (const cut of [0, 1, 2, 3, 10, bytes.length - 1]) {
      const chunks = [bytes.slice(0, cut), bytes.slice(cut)]
      expect(await hear({chunks})).to.deep.equal({text: 'Grüße', end: END})
    }
  })

  for (const [name, error] of [
    ['an object', {message: 'the provider fell over.'}],
    ['a text', 'the provider fell over.'],
  ] as const) {
    it(`fails with the text of an error frame that contains ${name}, after the text before`, async () => {
      const {text, error: failure} = await failAfter({
        chunks: [textFrame('Half an '), frame({error}), DONE],
      })
      expect(text).to.equal('Half an ')
      expect(failure).to.include({exitCode: 69})
      expect(failure.message).to.equal(
        'api.openai.com failed while it answered: the provider fell over.',
      )
    })
  }

  it('fails with an error as the whole answer, and with an event named error', async () => {
    for (const chunks of [
      [JSON.stringify({error: {message: 'no'}})],
      [JSON.stringify([{error: {message: 'no'}}])],
      ['event: error\ndata: no\n\n'],
      ['event: error\ndata: {"type":"error","error":{"message":"no"}}\n\n'],
      [frame({object: 'error', message: 'no'})],
    ]) {
      const {error} = await failAfter({chunks})
      expect(error.message).to.equal('api.openai.com failed while it answered: no.')
    }
  })

  it('fails when the stream ends without [DONE], after the text before', async () => {
    for (const rest of ['', textFrame('more').slice(0, 20), 'data: {"choices"']) {
      const {text, error} = await failAfter({chunks: [textFrame('Half'), rest]})
      expect(text).to.equal('Half')
      expect(error).to.include({exitCode: 69, code: 'REMOTE'})
      expect(error.message).to.include('in the middle of the answer')
    }
  })

  it('fails when the connection is cut, after the text before', async () => {
    const failure = new UnreachableError('cut')
    const {text, error} = await failAfter({chunks: [textFrame('Half')], failure})
    expect(text).to.equal('Half')
    expect(error).to.equal(failure)
  })

  it('accepts a missing [DONE] where the model has reported its end', async () => {
    const chunks = [textFrame('a'), LAST_FRAME]
    expect(await hear({chunks})).to.deep.equal({text: 'a', end: END})
    const failure = new UnreachableError('cut')
    expect(await hear({chunks, failure})).to.deep.equal({text: 'a', end: END})
  })

  it('rejects an empty answer, a page, foreign JSON and an invalid frame', async () => {
    for (const chunk of ['', '  \n', '<!doctype html>', '{"hello":1}', '[]', 'data: {oh\n\n']) {
      const {error} = await failAfter({chunks: [chunk]})
      expect(error, chunk).to.include({exitCode: 69})
    }
  })

  it('never repeats the key, whatever quotes it, and wherever the sentence is truncated', async () => {
    const known = knownSecrets()
    known.know('stored-openai-key')
    redactBeforePrinting(createRedactor({known}).redactBroken)
    const quote = `Incorrect API key provided: stored-openai-key. ${'x'.repeat(600)}`
    for (const given of [
      {chunks: [frame({error: {message: quote}})]},
      {chunks: [JSON.stringify({error: quote})]},
      {chunks: [`event: error\ndata: ${quote}\n\n`]},
      {status: 401, chunks: [JSON.stringify({error: {message: quote}})]},
      {status: 400, chunks: [JSON.stringify({message: `${'x'.repeat(495)}${quote}`})]},
    ]) {
      const {error} = await failAfter(given)
      expect(`${error.message} ${error.remedy}`).not.to.include('stored-o')
    }
  })

  it('explains a refusal, however long its page is', async () => {
    const page = `<html>${'x'.repeat(10_000)}`
    const {error} = await failAfter({status: 502, chunks: Array.from({length: 20}, () => page)})
    expect(error).to.include({exitCode: 69})
    expect(error.message).to.equal('api.openai.com is in trouble: it answers 502.')
  })

  it('requests a new access token when a login is rejected', async () => {
    const {http} = givenHttp({status: 401, chunks: ['{"error":"Unauthorized"}']})
    const error = await failureOf(createChatApi(http, BASE).ask(ASKED, makeLogin()))
    expect(error).to.include({exitCode: 64, isUnauthorized: true})
  })
})

describe('createChatApi, models', () => {
  async function list(body: string, status = 200) {
    const {http, requests} = givenHttp({status, chunks: [body]})
    return {ids: await createChatApi(http, BASE).models(KEY), requests}
  }

  it("lists the ids, in the server's order", async () => {
    const {ids, requests} = await list('{"data":[{"id":"b"},{"id":"a","x":1},{"id":"b"}]}')
    expect(ids).to.deep.equal(['b', 'a'])
    expect(requests[0]?.url.href).to.equal('https://api.openai.com/v1/models')
    expect(requests[0]?.headers).to.include({authorization: 'Bearer stored-openai-key'})
  })

  it('leaves out ids that could not be sent back', async () => {
    const {ids} = await list('[{"id":"a b"},{"id":"\\u001b[2J"},{"id":7},null,{"id":"ok"}]')
    expect(ids).to.deep.equal(['ok'])
  })

  it('fails like a prompt', async () => {
    expect(await failureOf(list('{"error":"no"}', 401))).to.include({exitCode: 64})
    expect(await failureOf(list('<html>', 200))).to.include({exitCode: 69})
    expect(await failureOf(list('{}', 200))).to.include({exitCode: 69})
  })
})
