import {asRecord, asText, parseJson} from '../text/json.js'
import type {RememberedProfiles} from './choose-profile.js'
import {isProfileName} from './profile-name.js'

/** The account of a key, as the server reported it. */
export interface KeyOwner {
  readonly issuer: string
  readonly id: string
  readonly email?: string
}

/** The contents of `profiles.json`. */
export interface ProfilesDocument extends RememberedProfiles {
  /** The accounts of keys in `MOGPLEX_API_KEY`, by their fingerprints. */
  readonly keys: Readonly<Record<string, KeyOwner>>
}

export const NO_PROFILES: ProfilesDocument = {current: undefined, pins: {}, keys: {}}

const MAX_KEYS = 200

/** @returns `undefined` where it is invalid: then none of it counts */
export function parseProfiles(text: string): ProfilesDocument | undefined {
  if (text.trim() === '') return NO_PROFILES
  const contents = asRecord(parseJson(text))
  const [pins, keys] = [recordIn(contents, 'pins'), recordIn(contents, 'keys')]
  const current = contents?.current ?? undefined
  if (contents === undefined || pins === undefined || keys === undefined) return undefined
  if (current !== undefined && !isProfileName(current)) return undefined
  const pinned = Object.entries(pins)
  const named = pinned.flatMap(([folder, name]) => (isProfileName(name) ? [[folder, name]] : []))
  if (named.length < pinned.length) return undefined
  return {
    current,
    pins: Object.fromEntries(named) as Record<string, string>,
    keys: Object.fromEntries(
      Object.entries(keys).flatMap(([key, value]) => {
        const owner = ownerOf(value)
        return owner === undefined ? [] : [[key, owner]]
      }),
    ),
  }
}

export function formatProfiles({current, pins, keys}: ProfilesDocument): string {
  const newest = Object.fromEntries(Object.entries(keys).slice(-MAX_KEYS))
  return `${JSON.stringify({current, pins, keys: newest}, undefined, 2)}\n`
}

function recordIn(
  contents: Record<string, unknown> | undefined,
  name: string,
): Record<string, unknown> | undefined {
  return asRecord(contents?.[name] ?? {})
}

function ownerOf(value: unknown): KeyOwner | undefined {
  const fields = asRecord(value)
  const [issuer, id, email] = ['issuer', 'id', 'email'].map((name) => asText(fields?.[name]))
  if (issuer === undefined || id === undefined) return undefined
  return {issuer, id, ...(email !== undefined && {email})}
}
