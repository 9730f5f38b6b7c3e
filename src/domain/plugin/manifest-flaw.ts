import {asRecord} from '../text/json.js'

const ID = /^[^\s\p{Cc}]+$/u

const PACKAGE_NAME = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/
const LONGEST_NAME = 214
const VERSION = /^[\w.+-]{1,256}$/

/** Whether a text is a valid npm package name: it is printed unchanged. */
export function isPackageName(name: string): boolean {
  return name.length <= LONGEST_NAME && PACKAGE_NAME.test(name)
}

/** What is wrong with a plugin's name and version: oclif prints both unchanged. */
export function identityFlaw({
  name,
  version,
}: {
  readonly name: string
  readonly version: unknown
}): string | undefined {
  if (!isPackageName(name)) return 'its name is not the name of a package'
  if (version === undefined || (typeof version === 'string' && VERSION.test(version)))
    return undefined
  return 'its version is not a version'
}

/**
 * What is wrong with a command as a plugin's manifest describes it; `undefined` when oclif and its
 * help can handle it. They do not check it, and one that they cannot read makes every command fail.
 */
export function manifestFlaw(value: unknown): string | undefined {
  const command = asRecord(value)
  const id = command?.id
  if (command === undefined || typeof id !== 'string' || !ID.test(id)) {
    return 'its manifest has a command without an id'
  }
  const {aliases, hiddenAliases, flags, args, summary, description} = command
  const fits =
    isTexts(aliases) &&
    isTexts(hiddenAliases) &&
    isParts(flags) &&
    // Before version 2 of oclif this was a list.
    isParts(Array.isArray(args) ? Object.fromEntries(args.entries()) : args) &&
    [summary, description].every((text) => text === undefined || typeof text === 'string')
  return fits
    ? undefined
    : `its manifest describes the command ${id} in a way that oclif cannot read`
}

/** What is wrong with the topics of a plugin, as oclif lists them. */
export function topicsFlaw(topics: readonly unknown[]): string | undefined {
  const fits = topics.flat().every((topic) => {
    const {name, description} = asRecord(topic) ?? {}
    return typeof name === 'string' && ['string', 'undefined'].includes(typeof description)
  })
  return fits ? undefined : 'its topics cannot be read'
}

function isTexts(value: unknown): boolean {
  if (value === undefined) return true
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function isParts(value: unknown): boolean {
  const parts = value === undefined ? {} : asRecord(value)
  return parts !== undefined && Object.values(parts).every((part) => asRecord(part) !== undefined)
}
