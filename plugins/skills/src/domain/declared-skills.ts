import {printable} from '@mogplex/plugin-kit'
import {asRecord} from './json.js'

/** A plugin's declaration of its skills. */
interface DeclaredSkills {
  /** Folders, relative to the root of the plugin, with slashes. */
  readonly folders: readonly string[]
  /** Problems of the declarations, as clauses. */
  readonly problems: readonly string[]
}

/** The supported version of the declaration. */
const KIT = 1

/**
 * Reads `mogplex.skills` of a package.json: folders inside the plugin, each with a SKILL.md, or
 * with subfolders that have one. A single text means a list of one. Declarations of other versions
 * are ignored.
 *
 * @param declaration - the member `mogplex`, as parsed
 */
export function declaredSkills(declaration: unknown): DeclaredSkills {
  const {kit, skills} = asRecord(declaration) ?? {}
  if (skills === undefined) return {folders: [], problems: []}
  if (kit !== KIT) return {folders: [], problems: [versionProblem(kit)]}
  const list: readonly unknown[] = Array.isArray(skills) ? skills : [skills]
  const folders = list.map((folder) => (typeof folder === 'string' ? plain(folder) : undefined))
  return {
    folders: folders.flatMap((folder) => folder ?? []),
    problems: list
      .filter((_, index) => folders[index] === undefined)
      .map((entry) => `its skill ${quoted(entry)} is not a folder inside the plugin`),
  }
}

function versionProblem(kit: unknown): string {
  return typeof kit === 'number' && kit > KIT
    ? `it is made for version ${kit} of the kit, and this CLI knows ${KIT}: update the CLI`
    : `"mogplex" in its package.json has no "kit": ${KIT}`
}

/** Without `./` and a trailing slash; `undefined` for a path that leads out of the plugin. */
function plain(folder: string): string | undefined {
  const parts = folder.split('/').filter((part) => part !== '.' && part !== '')
  const leadsOut = /^\/|[\\\0]|^[a-z]:/i.test(folder) || parts.includes('..')
  return leadsOut || parts.length === 0 ? undefined : parts.join('/')
}

function quoted(entry: unknown): string {
  return printable(JSON.stringify(entry), 80)
}
