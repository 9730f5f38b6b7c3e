// How much is taken of what a server answers, whatever it is asked for: a server that is broken, or
// means harm, must cost neither the memory nor the time of this machine. What is over a limit is
// not read any further: `AnswerTooLargeError`, exit 69.
import {AnswerTooLargeError} from '../errors/remote.js'

const KB = 1024
const MB = 1024 * KB

/** What an answer that comes as a whole may be. */
export interface AnswerLimits {
  /** Of the body, once it is unpacked. */
  readonly bytes: number
  /** Objects and lists within each other. */
  readonly depth: number
  /** Members of objects and entries of lists, in all of it. */
  readonly values: number
}

/** Lists, and whatever has no limits of its own. */
export const USUAL_LIMITS: AnswerLimits = {bytes: 8 * MB, depth: 64, values: 250_000}

/** Metadata of an authorization server, its keys, who signed in, a code for a device. */
export const SIGN_IN_LIMITS: AnswerLimits = {bytes: MB, depth: 32, values: 10_000}

/** The events of a run: 200 of 20,000 characters, and room for a server that does not cut them. */
export const EVENTS_LIMITS: AnswerLimits = {bytes: 64 * MB, depth: 128, values: 1_000_000}

/** A body that a plugin asks for as bytes: it is held in memory. */
export const MAX_BYTES_FOR_PLUGIN = 64 * MB

/**
 * Tokens are given once, and with an answer that is refused they are lost: whatever else is in it
 * is read over, and nothing that is done with it depends on its depth.
 */
export const TOKEN_LIMITS: AnswerLimits = {bytes: 64 * MB, depth: Infinity, values: Infinity}

/** What an answer that comes little by little may be. */
export interface StreamLimits {
  readonly bytes: number
  /** So long may the server keep us waiting, all waits together. */
  readonly waitMs: number
  /** So long may it keep us waiting for something to read, whatever else it sends. */
  readonly textlessMs: number
  /** So long for the end, once nothing more is to be read: the number of tokens may follow. */
  readonly endMs: number
}

/** An answer to a prompt, which comes while the model writes; some think for minutes before that. */
export const CHAT_LIMITS: StreamLimits = {
  bytes: 64 * MB,
  waitMs: 3_600_000,
  textlessMs: 600_000,
  endMs: 15_000,
}
/** Why a prompt is refused. Of a long page the beginning will do. */
export const REFUSAL_LIMITS: StreamLimits = {
  bytes: 64 * KB,
  waitMs: 15_000,
  textlessMs: 15_000,
  endMs: 15_000,
}
/** One frame of an answer, and the blanks before the first one, in characters. */
export const LONGEST_FRAME = MB
/** Frames, comments and fields that nobody knows. */
export const MAX_FRAMES = 500_000
/** An answer that does not stream, in characters. */
export const LONGEST_WHOLE = 8 * MB

/** Entries of lists. What is kept on disk of more is cut to as many. */
export const MAX_MODELS = 2000
export const MAX_SERVERS = 500
/** Events of a run: in one answer, and in all while it is followed. */
export const MAX_EVENTS = 10_000
export const MAX_FOLLOWED_EVENTS = 50_000

/**
 * Of an answer with secrets in it each has to be known, in all its spellings, before anything of
 * the answer is used. So an answer with more of them, or nested deeper, is refused: none is left out.
 */
export const MAX_SECRETS = 2000
/** All of them, in characters. */
export const LONGEST_SECRETS = 256 * KB
const DEEPEST_SECRET = 32
/** With all that stands beside the secrets. */
export const SECRETS_LIMITS: AnswerLimits = {bytes: 8 * MB, depth: DEEPEST_SECRET, values: 20_000}

/** A token, in characters: it has to fit into a header, and into a file that is read whole. */
export const LONGEST_TOKEN = 64 * KB
/** All the names of scopes, in characters. */
export const LONGEST_SCOPE = 16 * KB

/** An address that is asked, or opened, in characters. */
export const LONGEST_ADDRESS = 2048

/** All headers of an answer. */
export const MAX_ANSWER_HEADER_BYTES = 32 * KB
/** Answers of 1xx before the one that counts (RFC 9110 §15.2). */
export const MAX_INTERIM_ANSWERS = 32

/**
 * What of its limits a text is over, in words; `undefined` when nothing, or when it cannot be JSON.
 * Nothing is parsed for that, and nothing recurs: it may be nested a million times.
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

/** As a limit is written in a message. */
export function sizeText(bytes: number): string {
  return bytes < MB ? `${bytes / KB} KB` : `${bytes / MB} MB`
}

/** @param most - what it is more than, such as `8 MB` */
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
