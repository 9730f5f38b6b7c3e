import type {ArgFacts, CommandFacts, FlagFacts} from '../../app/help/command-facts.js'
import {HELP_PAGES} from '../../app/help/help-pages.js'
import {GLOBAL_FLAGS, PROFILE_FLAG, takeLeadingProfile} from '../../domain/settings/global-flags.js'

/** A candidate for the last word. */
interface WordCandidate {
  readonly value: string
  readonly about?: string
}

/** The commands, in the form that completion needs. */
export interface Catalog {
  /** All visible commands, including aliases, as they are typed, with their summaries. */
  readonly names: ReadonlyMap<string, string>
  /** The details of one of them; of bare `mogplex` for `''`. */
  facts(name: string): CommandFacts | undefined
  /**
   * The values of a flag (`--model`) or of an arg (`RUN`) of a command, where known; those of
   * global flags are in the group `GLOBAL`.
   */
  values(command: string, name: string): Promise<readonly string[]>
}

/** In place of a value: tells the shell to complete file names. */
export const FILES = ':files'

/** The group of the global flags. */
const GLOBAL = 'GLOBAL'

/** Texts that a shell cannot misread, quoted or not: others are not offered. */
const HARMLESS = /^(?:--?)?\w[\w./:@+=,-]{0,199}$/

/**
 * The candidates for the last word.
 *
 * @param words - the words after `mogplex`, up to the cursor; the last one may be empty
 */
export async function complete(
  words: readonly string[],
  catalog: Catalog,
): Promise<WordCandidate[]> {
  const current = words.at(-1) ?? ''
  const found = await candidates(words.slice(0, -1), current, catalog)
  const seen = new Set<string>()
  return found.filter(({value}) => {
    const fits = value === FILES || (value.startsWith(current) && HARMLESS.test(value))
    const isNew = !seen.has(value)
    seen.add(value)
    return fits && isNew
  })
}

async function candidates(
  typed: readonly string[],
  current: string,
  catalog: Catalog,
): Promise<WordCandidate[]> {
  const {argv: before, named} = takeLeadingProfile(typed)
  const isNameOpen = named.length > 0 && named.at(-1) === undefined
  if (isNameOpen) return ofCommand('', [PROFILE_FLAG], current, catalog)
  const start = before.findIndex((word) => !GLOBAL_FLAGS.has(word))
  const leading = start === -1 ? before : before.slice(0, start)
  const words = start === -1 ? [] : before.slice(start)
  const isBare = words[0]?.startsWith('-') ?? current.startsWith('-')
  if (isBare) return ofCommand('', before, current, catalog)
  if (words[0] === 'help') return ofHelp(words.slice(1), current, catalog)
  const length = words.findLastIndex((_, index) => isBegun(words.slice(0, index + 1), catalog)) + 1
  const name = words.slice(0, length).join(' ')
  const rest = words.slice(length)
  const below = rest.length === 0 && !current.startsWith('-') ? next(name, catalog) : []
  if (name === '') return rest.length === 0 ? below : []
  return [...below, ...(await ofCommand(name, [...leading, ...rest], current, catalog))]
}

function ofHelp(words: readonly string[], current: string, catalog: Catalog): WordCandidate[] {
  if (current.startsWith('-')) return ofFlags(catalog.facts('help'), new Set())
  const pages = HELP_PAGES.map(({name, about}) => ({value: name, about}))
  return [...next(words.join(' '), catalog), ...(words.length === 0 ? pages : [])]
}

async function ofCommand(
  name: string,
  words: readonly string[],
  current: string,
  catalog: Catalog,
): Promise<WordCandidate[]> {
  const facts = catalog.facts(name)
  if (facts === undefined) return []
  const {given, open, args, isOver} = readWords(words, facts)
  if (open !== undefined) return valuesOf(facts, open, `--${open.name}`, catalog)
  const [, flagName, prefix = ''] = (isOver ? null : /^(--([^=]+)=)/.exec(current)) ?? []
  if (flagName !== undefined) {
    const flag = facts.flags.find((each) => each.name === prefix)
    const values = flag === undefined ? [] : await valuesOf(facts, flag, `--${prefix}`, catalog)
    return values.map(({value}) => ({value: value === FILES ? value : `${flagName}${value}`}))
  }
  if (current.startsWith('-') && !isOver) return ofFlags(facts, given)
  const last = facts.args.at(-1)
  const arg = facts.args[args] ?? (last?.multiple === true ? last : undefined)
  return arg === undefined ? [] : valuesOf(facts, arg, arg.name, catalog)
}

async function valuesOf(
  {command}: CommandFacts,
  {options, ...facts}: ArgFacts | FlagFacts,
  name: string,
  catalog: Catalog,
): Promise<WordCandidate[]> {
  const isGlobal = 'group' in facts && facts.group === GLOBAL
  const values = options ?? (await catalog.values(isGlobal ? GLOBAL : command, name))
  return values.flatMap((value) => (value.startsWith('-') ? [] : {value})) // would look like a flag
}

/** Flags that were not given yet, or may be repeated, and do not conflict with the given ones. */
function ofFlags(facts: CommandFacts | undefined, given: ReadonlySet<string>): WordCandidate[] {
  const free = (facts?.flags ?? []).filter(
    ({name, multiple, exclusive}) =>
      (multiple || !given.has(name)) && exclusive.every((other) => !given.has(other)),
  )
  const all = free.flatMap(({name, description: about, allowNo}) => [
    {value: `--${name}`, about},
    ...(allowNo ? [{value: `--no-${name}`, about}] : []),
  ])
  const isThere = given.has('help') || all.some(({value}) => value === '--help')
  return isThere ? all : [...all, {value: '--help', about: 'Show its help.'}]
}

/**
 * The parsed words after a command: flags, one that waits for its value, and the number of args.
 */
function readWords(words: readonly string[], {flags}: CommandFacts) {
  const given = new Set<string>()
  let open: FlagFacts | undefined
  let args = 0
  let isOver = false
  for (const word of words) {
    if (open !== undefined) {
      open = undefined
    } else if (isOver || !word.startsWith('-') || word === '-') {
      args += 1
    } else if (word === '--') {
      isOver = true
    } else {
      const [name = '', value] = word.split('=', 2)
      const flag = flags.find((each) => isNamed(name, each))
      given.add(flag?.name ?? name.replace(/^-+/, ''))
      if (flag?.value !== undefined && value === undefined) open = flag
    }
  }
  return {given, open, args, isOver}
}

function isNamed(word: string, {name, char, allowNo}: FlagFacts): boolean {
  return [`--${name}`, char && `-${char}`, allowNo && `--no-${name}`].includes(word)
}

/** The next words of names that start with a given prefix. */
function next(begun: string, {names}: Catalog): WordCandidate[] {
  const prefix = begun === '' ? '' : `${begun} `
  return [...names].flatMap(([name, about]) => {
    if (!name.startsWith(prefix)) return []
    const [value = '', ...more] = name.slice(prefix.length).split(' ')
    const ofTopic = names.get(`${prefix}${value}`)
    return more.length > 0
      ? {value, ...(ofTopic !== undefined && {about: ofTopic})}
      : {value, about}
  })
}

function isBegun(words: readonly string[], {names}: Catalog): boolean {
  const name = words.join(' ')
  return [...names.keys()].some((each) => each === name || each.startsWith(`${name} `))
}
