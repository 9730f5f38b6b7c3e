import type {AuthNeed} from '@mogplex/plugin-kit/session'
import {isAuthNeed} from '../credential/auth-need.js'
import {asRecord} from '../text/json.js'
import {printable} from '../text/printable.js'

/** The version of the declaration that this CLI supports. */
const KIT = 1

/** A slash command that a plugin contributes, and its module. */
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

/**
 * What a plugin contributes to the composer: `mogplex` in its package.json. Its skills are read by
 * `mogplex skills`.
 */
export interface Declaration {
  readonly slashCommands: readonly SlashDeclaration[]
  /** What is left out, and why. */
  readonly problems: readonly string[]
}

const NAME = /^[a-z][a-z0-9-]{0,31}$/
const LONGEST_SUMMARY = 120
const NOTHING = {slashCommands: [], problems: []}

/**
 * Reads a declaration. Parts that do not match docs/plugins.md are left out and reported.
 *
 * @param value - the member `mogplex` of a plugin's package.json
 */
export function readDeclaration(value: unknown): Declaration {
  if (value === undefined) return NOTHING
  const {kit, slashCommands = {}} = asRecord(value) ?? {}
  if (kit !== KIT) {
    const problem =
      typeof kit === 'number' && kit > KIT
        ? `it is made for version ${kit} of the kit, and this CLI knows ${KIT}: update the CLI`
        : `"mogplex" in its package.json has no "kit": ${KIT}`
    return {...NOTHING, problems: [problem]}
  }
  const slash = readAll('slashCommands', asRecord(slashCommands), slashCommandOf)
  return {slashCommands: slash.read, problems: slash.problems}
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
}

function slashCommandOf(value: unknown, name: string): SlashDeclaration | undefined {
  const fields = asRecord(value) ?? {}
  const {summary, argument, auth = 'none', module, export: exported = 'default'} = fields
  const path = pathOf(module)
  if (!NAME.test(name) || path === undefined || !isAuthNeed(auth)) return undefined
  if (typeof summary !== 'string' || typeof exported !== 'string') return undefined
  if (argument !== undefined && typeof argument !== 'string') return undefined
  return {
    name,
    summary: printable(summary, LONGEST_SUMMARY),
    auth,
    module: path,
    export: exported,
    ...(argument !== undefined && {argument: printable(argument, 40)}),
  }
}

/** A relative path inside the plugin; without `./` and without a trailing slash. */
function pathOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.includes('\\') || value.includes('\0')) return undefined
  const parts = value.split('/').filter((part) => part !== '.' && part !== '')
  if (value.startsWith('/') || parts.length === 0 || parts.includes('..')) return undefined
  return parts.join('/')
}
