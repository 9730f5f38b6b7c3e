import type {Random} from './random.js'
import {LETTERS} from './random-secrets.js'

const word = (random: Random): string => random.text(LETTERS, random.between(1, 12))

type Fields = Readonly<Record<string, unknown>>

/** Places where a secret may appear in a session's records. */
const PLACES: Readonly<Record<string, (text: string, random: Random) => Fields>> = {
  argv: (text, random) => ({argv: ['login', word(random), text], flags: [text]}),
  environment: (text, random) => ({env: {PATH: '/bin', [word(random)]: text}}),
  headers: (text) => ({headers: {accept: '*/*', 'x-something': text}, raw: ['X-Other', text]}),
  body: (text, random) => ({body: JSON.stringify({ok: false, [word(random)]: {deep: text}})}),
  form: (text) => ({body: new URLSearchParams({a: '1', something: text, z: '1'}).toString()}),
  url: (text) => ({
    url: `https://mogplex.com/a/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`,
  }),
  'server error': (text) => ({message: `mogplex.com says: "${text}" is none of ours (400).`}),
  'MCP definition': (text) => ({
    servers: [
      {
        name: 'x',
        config: {command: 'npx', args: ['-y', text], env: {ANY: text}, headers: {'X-A': text}},
      },
    ],
  }),
  'event payload': (text) => ({payload: {type: 'tool_finished', lines: ['a', `x ${text} y`]}}),
  prompt: (text) => ({prompt: `Please use ${text} for it,\nand tell nobody.`}),
  'stack trace': (text) => ({
    stack: `Error: ${text}\n    at fetch (/usr/lib/x/index.js:12:5)\nCaused by: TypeError: ${text}`,
  }),
}

export const SESSION_PLACES = Object.keys(PLACES)

/** The fields of a record with a text at such a place. */
export function sessionFields(place: string, text: string, random: Random): Fields {
  return PLACES[place]?.(text, random) ?? {}
}
