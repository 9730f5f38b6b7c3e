import {asRecord, asText} from './json.js'

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const LONGEST_NAME = 64
const LONGEST_DESCRIPTION = 1024
const LONGEST_COMPATIBILITY = 500

/** Whether this is a valid skill name, which is also the name of its folder (agentskills.io). */
export function isSkillName(name: string): boolean {
  return NAME.test(name) && name.length <= LONGEST_NAME
}

/**
 * The problems of a SKILL.md's frontmatter (agentskills.io/specification, "Frontmatter"). Fields
 * outside the specification are allowed: hosts add their own.
 *
 * @param frontmatter - as parsed, with every scalar a string
 * @param folder - the name of the folder that the SKILL.md is in
 * @returns sentences without a full stop; empty when valid
 */
export function frontmatterProblems(frontmatter: unknown, folder: string): string[] {
  const fields = asRecord(frontmatter)
  if (fields === undefined) return ['its frontmatter is not a YAML mapping']
  return [
    ...nameProblems(fields.name, folder),
    ...textProblems('description', fields.description, LONGEST_DESCRIPTION),
    ...(fields.license === undefined ? [] : textProblems('license', fields.license)),
    ...(fields.compatibility === undefined
      ? []
      : textProblems('compatibility', fields.compatibility, LONGEST_COMPATIBILITY)),
    ...metadataProblems(fields.metadata),
    ...toolProblems(fields['allowed-tools']),
  ]
}

/**
 * The tools of `allowed-tools`: a text separated by blanks, or by commas as in some hosts, or a
 * list. A pattern in brackets may contain blanks: `Bash(git status:*)`.
 */
export function toolsIn(tools: unknown): string[] {
  const texts: unknown[] = Array.isArray(tools) ? tools : [tools]
  return texts.flatMap((text) =>
    typeof text === 'string' ? (text.match(/[^\s,(]+(?:\([^)]*\)?)?|\([^)]*\)?/g) ?? []) : [],
  )
}

function nameProblems(name: unknown, folder: string): string[] {
  const text = asText(name)
  if (text === undefined) return ['its name is missing']
  if (!isSkillName(text)) {
    return [`its name is not of lower-case letters, digits and single hyphens, up to 64`]
  }
  return text === folder ? [] : [`its name is not that of its folder, ${folder}`]
}

function textProblems(field: string, value: unknown, longest = Infinity): string[] {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') return [`its ${field} is missing`]
  const {length} = Array.from(text)
  return length > longest ? [`its ${field} has ${length} characters, and may have ${longest}`] : []
}

function metadataProblems(metadata: unknown): string[] {
  if (metadata === undefined) return []
  const values = Object.values(asRecord(metadata) ?? {key: undefined})
  const isMap = values.every((value) => typeof value === 'string')
  return isMap ? [] : ['its metadata is not a map from strings to strings']
}

function toolProblems(tools: unknown): string[] {
  const list: unknown[] = Array.isArray(tools) ? tools : [tools ?? '']
  const isText = list.every((tool) => typeof tool === 'string')
  return isText ? [] : ['its allowed-tools are neither a text nor a list of texts']
}
