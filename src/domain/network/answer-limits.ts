// Limits for a server's answers, whatever the request: a broken or malicious server must not
// exhaust the memory or the time of this machine. Reading stops at a limit: `AnswerTooLargeError`,
// exit 69.
import {AnswerTooLargeError} from '../errors/remote.js'

const KB = 1024
const MB = 1024 * KB

/** Limits of an answer that is read as a whole. */
export interface AnswerLimits {
  /** The size of the body after decompression. */
  readonly bytes: number
  /** The nesting depth of objects and lists. */
  readonly depth: number
  /** The total number of members of objects and entries of lists. */
  readonly values: number
}

/** Lists, and every answer without limits of its own. */
export const USUAL_LIMITS: AnswerLimits = {bytes: 8 * MB, depth: 64, values: 250_000}

/** Metadata of an authorization server, its keys, the userinfo, a device code. */
export const SIGN_IN_LIMITS: AnswerLimits = {bytes: MB, depth: 32, values: 10_000}

/**
 * The events of a run: 200 of 20,000 characters, and a margin for a server that does not truncate
 * them.
 */
export const EVENTS_LIMITS: AnswerLimits = {bytes: 64 * MB, depth: 128, values: 1_000_000}

/** A body that a plugin requests as bytes: it is held in memory. */
export const MAX_BYTES_FOR_PLUGIN = 64 * MB

/**
 * Tokens are issued once, and refusing an answer would lose them: all other members are skipped, and
 * their depth does not matter.
 */
export const TOKEN_LIMITS: AnswerLimits = {bytes: 64 * MB, depth: Infinity, values: Infinity}

/** Limits of an answer that streams. */
export interface StreamLimits {
  readonly bytes: number
  /** The total time that the server may keep us waiting. */
  readonly waitMs: number
  /** The longest wait for the next piece of content, whatever else is sent. */
  readonly textlessMs: number
  /** The longest wait for the end after the content: the token counts may follow. */
  readonly endMs: number
}

/**
 * An answer to a prompt, which arrives while the model writes; some models think for minutes first.
 */
export const CHAT_LIMITS: StreamLimits = {
  bytes: 64 * MB,
  waitMs: 3_600_000,
  textlessMs: 600_000,
  endMs: 15_000,
}
/** The reason for refusing a prompt. The start of a long page is enough. */
export const REFUSAL_LIMITS: StreamLimits = {
  bytes: 64 * KB,
  waitMs: 15_000,
  textlessMs: 15_000,
  endMs: 15_000,
}
/** One frame of an answer, and the blanks before the first one, in characters. */
export const LONGEST_FRAME = MB
/** Frames, comments and unknown fields. */
export const MAX_FRAMES = 500_000
/** An answer that does not stream, in characters. */
export const LONGEST_WHOLE = 8 * MB

/** Entries of lists. Longer lists on disk are truncated to as many. */
export const MAX_MODELS = 2000
export const MAX_SERVERS = 500
/** Events of a run: in one answer, and in all while it is followed. */
export const MAX_EVENTS = 10_000
export const MAX_FOLLOWED_EVENTS = 50_000

/**
 * Each secret in an answer has to be registered, in all its spellings, before anything of the
 * answer is used. So an answer with more of them, or nested deeper, is refused: none is left out.
 */
export const MAX_SECRETS = 2000
/** All of them, in characters. */
export const LONGEST_SECRETS = 256 * KB
const DEEPEST_SECRET = 32
/** Including everything beside the secrets. */
export const SECRETS_LIMITS: AnswerLimits = {bytes: 8 * MB, depth: DEEPEST_SECRET, values: 20_000}

/** A token, in characters: it has to fit into a header, and into a file that is read whole. */
export const LONGEST_TOKEN = 64 * KB
/** All the names of scopes, in characters. */
export const LONGEST_SCOPE = 16 * KB

/** An address that is requested, or opened, in characters. */
export const LONGEST_ADDRESS = 2048

/** All headers of an answer. */
export const MAX_ANSWER_HEADER_BYTES = 32 * KB
/** 1xx responses before the final one (RFC 9110 §15.2). */
export const MAX_INTERIM_ANSWERS = 32

/**
 * Which limit a text exceeds, in words; `undefined` when none, or when it cannot be JSON. Nothing
 * is parsed for that, and nothing recurses: it may be nested a million times.
 */
export function excessOf(text: string, {depth, values}: AnswerLimits): string | undefined {
  if (!/^[\s\uFEFF]*[[{]/.test(text)) return undefined
  let [open, count] = [0, 0]
  for (let index = 0; index < text.length; index += 1) {
    switch (text[index]) {
      case '"':
        index = endOfString(text, index)
        break
      case '[':
      case '{':
        open += 1
        count += 1
        if (open > depth) return `${depth} objects and lists within each other`
        break
      case ']':
      case '}':
        open -= 1
        break
      case ',':
        count += 1
    }
    if (count > values) return `${values} values`
  }
  return undefined
}

/** A limit as it is written in a message. */
export function sizeText(bytes: number): string {
  return bytes < MB ? `${bytes / KB} KB` : `${bytes / MB} MB`
}

/** @param most - the exceeded limit, such as `8 MB` */
export function tooLarge(host: string, most: string): AnswerTooLargeError {
  return new AnswerTooLargeError(`${host} answered with more than ${most}.`)
}

function endOfString(text: string, begin: number): number {
  for (let index = begin + 1; index < text.length; index += 1) {
    const character = text[index]
    if (character === '"') return index
    if (character === '\\') index += 1
  }
  return text.length
}
