import {lstatSync, readdirSync, readFileSync, readlinkSync} from 'node:fs'
import {join} from 'node:path'
import {encodingsOf, toBytes} from './secret-encodings.js'

interface LeakSearch {
  secrets: readonly string[]
  /** Texts with their labels: the screen, stderr, … */
  texts?: Readonly<Record<string, string>>
  folder?: string
  /** Files and folders where a secret is allowed, relative to `folder`. */
  except?: readonly string[]
}

/** Where a secret was found. Names the secret by its number, never by its text. */
export interface Leak {
  where: string
  secretIndex: number
  encoding: string
}

type Place = readonly [where: string, bytes: string]

const SHORTEST = 8

const ESC = '(?:\\x1b|\\\\u001b|\\\\x1b)' // unchanged, and as JSON or a debugger spells it
const ANSI = new RegExp(
  `${ESC}\\][^\\x07\\x1b\\\\]*(?:\\x07|\\\\u0007|${ESC}\\\\{1,2})|` +
    `${ESC}\\[[0-9:;<=>?]*[ -/]*[@-~]|${ESC}[()][0-9A-B]|${ESC}[=>78]`,
  'g',
)
// Zero-width characters, and box-drawing characters: UTF-8, one character per byte.
const UNSEEN = /\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf|\xc2\xad|\xe2[\x94\x95][\x80-\xbf]/g
const BREAKS = /\\[nrt]|[\s\0]/g

/**
 * Searches texts, and files with their names, for secrets, plain and encoded, even where colours or
 * line breaks split them. Synchronous, so that a forgotten `await` cannot look like "nothing
 * found".
 */
export function findLeaks({secrets, texts = {}, folder, except = []}: LeakSearch): Leak[] {
  secrets.forEach((secret, index) => {
    if (secret.length >= SHORTEST) return
    throw new Error(`Secret ${index} is under ${SHORTEST} characters: it would be found anywhere.`)
  })
  const needles = secrets.map(encodingsOf)
  const files = folder === undefined ? [] : filesBelow(folder, new Set(except))
  const places: Place[] = [
    ...Object.entries(texts).map(([name, text]): Place => [name, toBytes(text)]),
    ...files,
    ['the names of the files', toBytes(files.map(([name]) => name).join('|'))],
  ]
  return places.flatMap(([name, bytes]) => {
    const unbroken = unbreak(bytes)
    return needles.flatMap((encodings, secretIndex) =>
      encodings
        .filter(({text}) => bytes.includes(text) || includesUnbroken(unbroken, text))
        .map(({encoding}) => ({where: withoutSecrets(name, secrets), secretIndex, encoding})),
    )
  })
}

function includesUnbroken(unbroken: string, needle: string): boolean {
  const short = needle.replace(BREAKS, '')
  return short.length >= SHORTEST && unbroken.includes(short)
}

function unbreak(bytes: string): string {
  return bytes.replace(ANSI, '').replace(UNSEEN, '').replace(BREAKS, '')
}

function withoutSecrets(name: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), name)
}

function filesBelow(folder: string, except: ReadonlySet<string>, below = ''): Place[] {
  return readdirSync(join(folder, below)).flatMap((name): Place[] => {
    const path = below ? `${below}/${name}` : name
    if (except.has(path)) return []
    const stats = lstatSync(join(folder, path))
    if (stats.isDirectory()) return filesBelow(folder, except, path)
    if (stats.isSymbolicLink()) return [[path, toBytes(readlinkSync(join(folder, path)))]]
    // A pipe or a socket stores nothing, and reading it would block.
    return [[path, stats.isFile() ? readFileSync(join(folder, path), 'latin1') : '']]
  })
}
