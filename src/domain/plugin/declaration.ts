import type {AuthNeed} from '@mogplex/plugin-kit/session'
import {isAuthNeed} from '../auth-need.js'
import {asRecord} from '../json.js'
import {printable} from '../printable.js'
import {declaredSkills} from '../skills/declared-skills.js'

/** The version of the declaration that this CLI knows. */
export const KIT = 1

/** A slash command that a plugin contributes, and where it is. */
export interface SlashDeclaration {
  readonly name: string
  readonly summary: string
  readonly argument?: string
  /** Checked before its module is loaded. */
  readonly auth: AuthNeed
  /** Relative to the plugin's root. */
  readonly module: string
  readonly export: string
}

/** The slash commands that a plugin contributes: `mogplex.slashCommands` in its package.json. */
export interface Declaration {
  readonly slashCommands: readonly SlashDeclaration[]
<<<<<<< HEAD
  /** Folders with skills, relative to the plugin's root: see `declaredSkills`. */
  readonly skills: readonly string[]
  /** What is left out, and why. */
=======
  /** What is left out, and why: clauses about the plugin. */
>>>>>>> 5e534b5 (plugins: slash commands by declaration, and listeners to the login)
  readonly problems: readonly string[]
}

const NAME = /^[a-z][a-z0-9-]{0,31}$/
const LONGEST_SUMMARY = 120

/**
 * Reads a declaration. What is not as docs/plugins.md says is left out, and said; the rest counts.
 *
 * @param pjson - the plugin's package.json, parsed
 */
<<<<<<< HEAD
export function readDeclaration(value: unknown): Declaration {
  if (value === undefined) return NOTHING
  const {kit, skills, slashCommands = {}} = asRecord(value) ?? {}
  if (kit !== KIT) {
    const problem =
      typeof kit === 'number' && kit > KIT
        ? `it is made for version ${kit} of the kit, and this CLI knows ${KIT}: update the CLI`
        : `"mogplex" in its package.json has no "kit": ${KIT}`
    return {...NOTHING, problems: [problem]}
  }
  const {folders, problems: ofSkills} = declaredSkills(skills)
  const slash = readAll('slashCommands', asRecord(slashCommands), slashCommandOf)
  const problems = [...ofSkills, ...slash.problems]
  return {skills: folders, slashCommands: slash.read, problems}
}

function readAll<T>(
  member: string,
  values: Record<string, unknown> | undefined,
  read: (value: unknown, name: string) => T | undefined,
): {read: T[]; problems: string[]} {
  const entries = Object.entries(values ?? {})
  const all = entries.map(([name, value]) => [name, read(value, name)] as const)
  const problems = all
    .filter(([, value]) => value === undefined)
    .map(([name]) => `"mogplex.${member}" has an entry that cannot be used: ${printable(name, 40)}`)
  if (values === undefined) problems.push(`"mogplex.${member}" is of another shape`)
  return {read: all.flatMap(([, value]) => value ?? []), problems}
=======
export function readDeclaration(pjson: unknown): Declaration {
  const {kit, slashCommands} = asRecord(asRecord(pjson)?.mogplex) ?? {}
  if (slashCommands === undefined) return {slashCommands: [], problems: []}
  if (kit !== KIT) return {slashCommands: [], problems: [otherKit(kit)]}
  const declared = asRecord(slashCommands)
  if (declared === undefined) {
    return {slashCommands: [], problems: ['has "mogplex.slashCommands" of another shape']}
  }
  const all = Object.entries(declared).map(
    ([name, value]) => [name, slashCommandOf(name, value)] as const,
  )
  return {
    slashCommands: all.flatMap(([, read]) => (typeof read === 'string' ? [] : read)),
    problems: all.flatMap(([name, read]) =>
      typeof read === 'string' ? `has a slash command ${printable(name, 40)} ${read}` : [],
    ),
  }
}

function otherKit(kit: unknown): string {
  return typeof kit === 'number' && kit > KIT
    ? `has slash commands for version ${kit} of the kit, and this CLI knows ${KIT}: update the CLI`
    : `has slash commands, and no "kit": ${KIT} beside them in its package.json`
>>>>>>> 5e534b5 (plugins: slash commands by declaration, and listeners to the login)
}

/** Or what is wrong with it, as in "a slash command …". */
function slashCommandOf(name: string, value: unknown): SlashDeclaration | string {
  const fields = asRecord(value) ?? {}
  const {summary, argument, auth = 'none', module, export: exported = 'default'} = fields
  const path = pathOf(module)
  if (!NAME.test(name)) return 'whose name is not made of lower-case letters, digits and hyphens'
  if (path === undefined) return 'whose "module" is no file inside the plugin'
  if (!isAuthNeed(auth)) return 'whose "auth" is none of account, model, any and none'
  if (typeof summary !== 'string') return 'without a "summary"'
  if (typeof exported !== 'string') return 'whose "export" is no name'
  if (argument !== undefined && typeof argument !== 'string') return 'whose "argument" is no text'
  return {
    ...{name, summary: printable(summary, LONGEST_SUMMARY), auth, module: path, export: exported},
    ...(argument !== undefined && {argument: printable(argument, 40)}),
  }
}

/** A relative path that stays in the plugin, without `./`. */
function pathOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.includes('\\') || value.includes('\0')) return undefined
  const parts = value.split('/').filter((part) => part !== '.' && part !== '')
  if (value.startsWith('/') || parts.length === 0 || parts.includes('..')) return undefined
  return parts.join('/')
}
