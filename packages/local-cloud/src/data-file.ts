import {randomBytes, randomUUID} from 'node:crypto'
import {open, readFile, rename, rm} from 'node:fs/promises'
import {type Profile, PROFILES} from './cloud-profile.js'
import {createTables, type Row, type Tables} from './tables.js'

/** The state of a local cloud: its tables, and the secret that signs its cookies. */
export interface State {
  /** Each version of the library has its own tables, some with the same names. */
  readonly profile: Profile
  readonly secret: string
  readonly tables: Tables
}

/** @returns a new state: empty tables, a random secret */
export function createState(profile: Profile): State {
  return {profile, secret: randomBytes(32).toString('base64url'), tables: createTables()}
}

/**
 * Reads the state from a file that {@link createSaver} wrote; a missing file gives a new state.
 *
 * @throws {Error} naming the path, never the contents, when the file is not ours, or of another
 *   profile
 */
export async function loadState(path: string, profile: Profile): Promise<State> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return
    throw error
  })
  if (text === undefined) return createState(profile)
  const state = parseState(text)
  if (!state) throw new Error(`${path} is not a data file of the local cloud. Move it away.`)
  if (state.profile !== profile) {
    throw new Error(`${path} is of the profile ${state.profile}. Use that, or another file.`)
  }
  return state
}

/**
 * Creates the function that writes the state: owner-only (0600), through a temporary file beside
 * it, so that readers see the old contents or the new. Writes only changes, one write at a time.
 */
export function createSaver(path: string, state: State): () => Promise<void> {
  let written = ''
  let last = Promise.resolve()
  const save = async () => {
    const {rateLimit: _counters, ...tables} = state.tables
    const {profile, secret} = state
    const kept = {version: 1, ...(profile !== 'hosted' && {profile}), secret, tables}
    const text = `${JSON.stringify(kept, undefined, 2)}\n`
    if (text === written) return
    await replaceFile(path, text)
    written = text
  }
  return () => (last = last.catch(() => {}).then(save))
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomUUID()}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.chmod(0o600) // the umask may have removed bits
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new Error(`${path} cannot be written (${why}).`, {cause: error})
  } finally {
    await rm(temporary, {force: true})
  }
}

function parseState(text: string): State | undefined {
  const data = parseJson(text)
  if (!isRecord(data) || typeof data.secret !== 'string' || !isRecord(data.tables)) return
  const {profile: named = 'hosted'} = data
  const profile = PROFILES.find((one) => one === named)
  if (profile === undefined) return
  const stored: Tables = {}
  for (const [name, rows] of Object.entries(data.tables)) {
    if (!Array.isArray(rows) || !rows.every(isRecord)) return
    stored[name] = rows
  }
  return {profile, secret: data.secret, tables: createTables(stored)}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, reviveInstant)
  } catch {
    return // V8's message quotes the text, which contains tokens
  }
}

/** Columns with instants end in `At`: `expiresAt`, `createdAt`; `next` has two more. */
const INSTANT = /At$|^(authTime|revoked)$/

function reviveInstant(key: string, value: unknown): unknown {
  return INSTANT.test(key) && typeof value === 'string' ? new Date(value) : value
}

function isRecord(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
