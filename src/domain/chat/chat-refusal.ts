import type {Credential} from '../credential/credential.js'
import {asRecord, asText, parseJson} from '../text/json.js'
import {printable} from '../text/printable.js'

/** The provider that was called, and the credential that was used. */
export interface ChatAsked {
  readonly credential: Credential
  /** Of the chat-completions API, without a trailing slash. */
  readonly baseUrl: string
}

/** An error response of a chat-completions API. */
export interface ChatRefusal {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The server's own sentence, printable, without a full stop. */
  readonly said?: string
  /** Its `code` or `type`, where present. */
  readonly code?: string
  /** HTML where JSON was expected. */
  readonly isPage: boolean
}

const LONGEST_SENTENCE = 500

/** Reads the body of a refusal: `error` is a text or an object (contract 10); others say `message`. */
export function readRefusal(
  {status, headers}: Pick<ChatRefusal, 'headers' | 'status'>,
  body: string,
): ChatRefusal {
  const parsed = parseJson(body)
  // Google wraps its errors in a list.
  const fields = asRecord(Array.isArray(parsed) ? parsed[0] : parsed)
  const error = asRecord(fields?.error)
  const said = asText(error?.message) ?? asText(fields?.error) ?? otherSentence(fields)
  const code = asText(error?.code) ?? asText(error?.type) ?? asText(fields?.code)
  return {
    status,
    headers,
    isPage: body.trimStart().startsWith('<'),
    ...(said !== undefined && {said: sentence(said)}),
    ...(code !== undefined && {code: printable(code, 60)}),
  }
}

/** As part of one of our sentences. */
export function sentence(said: string): string {
  return printable(said, LONGEST_SENTENCE).replace(/[.\s]+$/, '')
}

function otherSentence(fields: Record<string, unknown> | undefined): string | undefined {
  const {message, detail} = fields ?? {}
  return asText(message) ?? asText(asRecord(message)?.detail) ?? asText(detail)
}
