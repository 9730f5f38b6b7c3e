import {readdirSync, realpathSync} from 'node:fs'
import {basename, join, sep} from 'node:path'
import {asRecord, asText} from '../../domain/json.js'
import {splitFrontmatter} from '../../domain/frontmatter.js'
import {RECORD_FILE} from '../../domain/skill-record.js'
import {frontmatterProblems, toolsIn} from '../../domain/skill-rules.js'
import {readTree, type Tree} from './tree.js'

const SKILL_FILE = 'SKILL.md'

/** A folder that a plugin contributes. */
export interface SkillSource {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly description: string
  /** The tools that it asks hosts to allow without asking: `allowed-tools` of its frontmatter. */
  readonly allowedTools: readonly string[]
  /** Why it cannot be installed: clauses. Empty when valid. */
  readonly problems: readonly string[]
}

/**
 * The folders of skills in a folder that a plugin declares: the folder itself, or its subfolders
 * with a SKILL.md, in any case of letters: a wrong name is reported when it is read.
 *
 * @param root - the plugin's root
 * @param folder - relative to it, with slashes
 */
export function skillFoldersIn(root: string, folder: string): string[] {
  const namesIn = (path: string): string[] => {
    try {
      return readdirSync(join(root, path))
    } catch {
      return [] // not a folder, or unreadable
    }
  }
  const names = namesIn(folder)
  if (names.some(isSkillFile)) return [folder]
  const inner = names.map((name) => `${folder}/${name}`)
  const skills = inner.filter((path) => namesIn(path).some(isSkillFile)).sort()
  return skills.length === 0 ? [folder] : skills
}

function isSkillFile(name: string): boolean {
  return name.toLowerCase() === SKILL_FILE.toLowerCase()
}

/**
 * Reads the skill in a folder of a plugin, and validates it. It must not contain links, must be
 * inside the plugin, and has a size limit.
 *
 * @param root - the plugin's root
 * @param folder - relative to it, with slashes
 */
export async function readSkillSource(root: string, folder: string): Promise<SkillSource> {
  const tree = treeOf(root, folder)
  if (typeof tree === 'string') return unusable(tree)
  const {files, odd} = tree
  const [strange] = odd
  if (strange !== undefined)
    return unusable(`${strange} is not a plain file, or the skill is too big`)
  if (files.has(RECORD_FILE)) return unusable(`it holds a ${RECORD_FILE}, which is ours to write`)
  const text = files.get(SKILL_FILE)
  if (text === undefined) {
    const misnamed = [...files.keys()].find(isSkillFile)
    if (misnamed === undefined) return unusable(`there is no ${SKILL_FILE} in it`)
    return unusable(`hosts look for ${SKILL_FILE}, and its file is ${misnamed}: rename it`)
  }
  const frontmatter = await parseFrontmatter(Buffer.from(text).toString('utf8'))
  if (typeof frontmatter === 'string') return unusable(frontmatter)
  return {
    files,
    description: asText(frontmatter?.description)?.trim() ?? '',
    allowedTools: toolsIn(frontmatter?.['allowed-tools']),
    problems: frontmatterProblems(frontmatter, basename(folder)),
  }
}

function unusable(problem: string): SkillSource {
  return {files: new Map(), description: '', allowedTools: [], problems: [problem]}
}

/** Or the reason why it is invalid. */
function treeOf(root: string, folder: string): Tree | string {
  try {
    const [outer, inner] = [realpathSync(root), realpathSync(join(root, folder))]
    if (!inner.startsWith(outer + sep)) return 'it leads out of the plugin'
    return readTree(inner)
  } catch {
    return 'its folder cannot be read'
  }
}

/** Every scalar is a string, as in the specification: `1.0` must not become a number. */
async function parseFrontmatter(
  text: string,
): Promise<Record<string, unknown> | string | undefined> {
  const parts = splitFrontmatter(text)
  if (parts === undefined) return 'its SKILL.md does not begin with frontmatter'
  const {parseDocument} = await import('yaml')
  const document = parseDocument(parts.yaml, {schema: 'failsafe', logLevel: 'silent'})
  if (document.errors.length > 0) return 'its frontmatter is not valid YAML'
  try {
    return asRecord(document.toJS({maxAliasCount: 0}))
  } catch {
    return 'its frontmatter uses aliases'
  }
}
