import type {FileWriter} from '../adapters/file-writer.js'
import {requestIdOf} from '../domain/errors/server-facts.js'
import {codeOf} from '../domain/errors/system-error.js'
import type {Http, HttpRequest, HttpStream, StreamingHttp} from '../domain/network/http.js'
import type {LogFields} from '../domain/log/session-log.js'
import {messageOf} from '../domain/text/thrown.js'
import {knowAnswer} from './redaction.js'
import type {Recorder} from './recorder.js'

/** Definitions of MCP servers: their headers and variables are secrets (contract 9). */
const MCP_SERVERS = /\/mcp\/servers\/?$/

/**
 * Requests that report themselves to the recorder. Bodies and values of headers are not recorded.
 */
export function observedHttp(http: StreamingHttp, recorder: Recorder): StreamingHttp {
  let count = 0
  const observed = async <R extends Pick<HttpRequest, 'body' | 'headers' | 'method' | 'url'>, A>(
    request: R,
    ask: (request: R) => Promise<A>,
    fieldsOf: (answer: A) => LogFields,
  ): Promise<A> => {
    await recorder.open()
    const id = (count += 1)
    const {method, url, headers = {}, body = ''} = request
    recorder.record('http.request', {
      request: id,
      method,
      url: url.href,
      headers: Object.keys(headers),
      bytes: Buffer.byteLength(body),
    })
    const start = performance.now()
    const durationMs = (): number => Math.round(performance.now() - start)
    try {
      const answer = await ask(request)
      const fields = fieldsOf(answer)
      recorder.record('http.response', {request: id, ...fields, durationMs: durationMs()})
      return answer
    } catch (error) {
      const failure = {request: id, durationMs: durationMs(), ...failureOf(error)}
      recorder.record('http.failed', failure, 'error')
      throw error
    }
  }
  const answerFields = ({
    status,
    headers,
  }: Pick<Awaited<ReturnType<Http>>, 'headers' | 'status'>) => ({
    status,
    requestId: requestIdOf(headers),
    ...(recorder.wants('debug') && {headers}),
  })
  const askWhole: Http = async (request) => {
    const answer = await http(request)
    if (holdsSecrets(request.url)) await knowAnswer(answer.body, request.url.host)
    return answer
  }
  // Secrets are registered before anything is passed on: such answers do not stream.
  const askStream: HttpStream = async (request) => {
    if (!holdsSecrets(request.url)) return http.stream(request)
    const {silenceMs, ...asked} = request
    const answer = await askWhole({...asked, ...(silenceMs && {timeoutMs: silenceMs})})
    return {...answer, body: atOnce(answer.body), close: () => undefined}
  }
  const stream: HttpStream = async (request) =>
    observed(request, askStream, (answer) => ({...answerFields(answer), streams: true}))
  const whole: Http = async (request) =>
    observed(request, askWhole, (answer) => ({
      ...answerFields(answer),
      bytes: Buffer.byteLength(answer.body),
    }))
  return Object.assign(whole, {stream})
}

/** In any spelling of the path: the server reads `%73` as `s` (RFC 3986 §2.3), too. */
function holdsSecrets({pathname}: URL): boolean {
  return MCP_SERVERS.test(pathname.replaceAll(/%[\dA-F]{2}/gi, decodedByte))
}

function decodedByte(escaped: string): string {
  return String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
}

async function* atOnce(text: string): AsyncGenerator<Uint8Array, void> {
  if (text !== '') yield Buffer.from(text)
}

/** A writer that reports its changes to the recorder, by path and size. */
export function observedWriter(writer: FileWriter, recorder: Recorder): FileWriter {
  const tell = (path: string, contents: string | Uint8Array): void => {
    recorder.record('file.written', {path, bytes: Buffer.byteLength(contents)})
  }
  return {
    ...writer,
    async replaceFile(path, contents, fence) {
      await recorder.open()
      await writer.replaceFile(path, contents, fence)
      tell(path, contents)
    },
    async keepAside(path, contents) {
      await recorder.open()
      const kept = await writer.keepAside(path, contents)
      tell(kept, contents)
      return kept
    },
  }
}

/** The log's text for an error that is handled elsewhere. */
export function failureOf(error: unknown): LogFields {
  return {code: codeOf(error) ?? 'UNEXPECTED', message: messageOf(error)}
}
