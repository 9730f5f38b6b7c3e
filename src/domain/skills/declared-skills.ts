import {printable} from '../text/printable.js'

/** What the declaration of a plugin says about its skills. */
export interface DeclaredSkills {
  /** Folders, relative to the root of the plugin, with slashes. */
  readonly folders: readonly string[]
  /** What is declared and makes no sense: clauses. */
  readonly problems: readonly string[]
}

/**
 * Reads `mogplex.skills` of a package.json: folders inside the plugin, each with a SKILL.md, or with
 * folders that have one. A single text is a list of one.
 *
 * @param skills - as parsed
 */
export function declaredSkills(skills: unknown): DeclaredSkills {
  if (skills === undefined) return {folders: [], problems: []}
  const list: readonly unknown[] = Array.isArray(skills) ? skills : [skills]
  const folders = list.map((folder) => (typeof folder === 'string' ? plain(folder) : undefined))
  return {
    folders: folders.flatMap((folder) => folder ?? []),
    problems: list
      .filter((_, index) => folders[index] === undefined)
      .map((entry) => `its skill ${quoted(entry)} is no folder inside the plugin`),
  }
}

/** Without `./` and without a slash at its end; `undefined` for what leads out of the plugin. */
function plain(folder: string): string | undefined {
  const parts = folder.split('/').filter((part) => part !== '.' && part !== '')
  const leadsOut = /^\/|[\\\0]|^[a-z]:/i.test(folder) || parts.includes('..')
  return leadsOut || parts.length === 0 ? undefined : parts.join('/')
}

function quoted(entry: unknown): string {
  return printable(JSON.stringify(entry), 80)
}
