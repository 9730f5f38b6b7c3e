import type {Config} from '@oclif/core'
import {requireProfileName} from '../domain/errors/profile.js'
import {UsageError} from '../domain/errors/usage.js'
import {PROFILE_FLAG, type WithoutProfile} from '../domain/settings/global-flags.js'
import {BARE_COMMAND} from './argv.js'

type Manifests = Pick<Config, 'findCommand'>

/**
 * Extracts `--profile NAME` from the command line, once for all commands, before any credential is
 * read: always before the command, after it where the manifest has our base flag, and never after
 * `--`. A flag of that name in a foreign command belongs to that command.
 *
 * @param before - the command line without what was before the command
 * @throws {UsageError} exit 2, where the name is missing or invalid, or two different ones are
 *   given
 */
export function takeProfile(
  {argv, named}: WithoutProfile,
  config: Manifests,
): {readonly argv: readonly string[]; readonly profile: string | undefined} {
  const behind = takeBehind(argv, config)
  const names = [...named, ...behind.named].map((name) => requireName(name))
  const [profile, ...others] = names
  if (others.some((other) => other !== profile)) {
    throw new UsageError(
      `${PROFILE_FLAG} names two profiles: ${[...new Set(names)].join(', ')}.`,
      'Name one.',
    )
  }
  return {argv: behind.argv, profile}
}

function requireName(name: string | undefined): string {
  if (name === undefined || name.startsWith('-')) {
    throw new UsageError(`${PROFILE_FLAG} needs a name.`, `Say which: \`${PROFILE_FLAG} work\`.`)
  }
  return requireProfileName(name)
}

function takeBehind(argv: readonly string[], config: Manifests): WithoutProfile {
  const isThere = argv.some((word) => word === PROFILE_FLAG || word.startsWith(`${PROFILE_FLAG}=`))
  const found = isThere ? commandOf(argv, config) : undefined
  if (found === undefined || !hasOurFlag(found.flags)) return {argv, named: []}
  const kept = argv.slice(0, found.length)
  const named: (string | undefined)[] = []
  for (let index = found.length; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (word === '--') {
      kept.push(...argv.slice(index))
      break
    }
    if (word === PROFILE_FLAG) {
      named.push(argv[index + 1])
      index += 1
    } else if (word.startsWith(`${PROFILE_FLAG}=`)) named.push(word.slice(PROFILE_FLAG.length + 1))
    else {
      kept.push(word)
      if (!takesNext(word, found.flags)) continue
      index += 1
      kept.push(...argv.slice(index, index + 1))
    }
  }
  return {argv: kept, named}
}

interface Flag {
  readonly type?: unknown
  readonly char?: unknown
  readonly helpGroup?: unknown
  readonly helpValue?: unknown
}

interface FoundCommand {
  /** The number of words in its name. */
  readonly length: number
  readonly flags: Readonly<Record<string, Flag>>
}

/**
 * The command that oclif will run: the longest name that matches the words before the first flag.
 */
function commandOf(argv: readonly string[], config: Manifests): FoundCommand | undefined {
  const firstFlag = argv.findIndex((word) => word.startsWith('-'))
  const words = argv.slice(0, firstFlag === -1 ? undefined : firstFlag)
  if (words.length === 0) {
    return {length: 0, flags: config.findCommand(BARE_COMMAND)?.flags ?? {}}
  }
  for (let length = words.length; length > 0; length -= 1) {
    const command = config.findCommand(words.slice(0, length).join(':'))
    if (command !== undefined) return {length, flags: command.flags}
  }
  return undefined
}

/** Our base flag, as in the kit; a command may have its own flag of that name. */
function hasOurFlag({profile}: FoundCommand['flags']): boolean {
  return (
    profile?.type === 'option' && profile.helpGroup === 'GLOBAL' && profile.helpValue === 'NAME'
  )
}

/** Whether the next word is the value of a flag. */
function takesNext(word: string, flags: FoundCommand['flags']): boolean {
  const [, name, char] = /^--([^=]+)$|^-(\w)$/.exec(word) ?? []
  const flag = Object.entries(flags).find(
    ([key, each]) => key === name || (char !== undefined && each.char === char),
  )?.[1]
  return flag?.type === 'option'
}

/** Commands that use no profile, or already name one. */
const WITHOUT_FLAG = /^(?:--|completion|doctor|help|logs|plugins|profiles|skills)\b|--profile/

/**
 * A remedy whose commands name the profile that `--profile` selected: `mogplex login` alone would
 * sign in to another one.
 */
export function inProfile(remedy: string, profile: string | undefined): string {
  if (profile === undefined) return remedy
  return remedy.replaceAll(/`mogplex ([^`]+)`/g, (whole, rest: string) =>
    WITHOUT_FLAG.test(rest) ? whole : `\`mogplex ${PROFILE_FLAG} ${profile} ${rest}\``,
  )
}
