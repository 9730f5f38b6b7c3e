interface SkillText {
  /** The YAML between the two lines `---`. */
  readonly yaml: string
  readonly body: string
}

const FRONTMATTER = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/

/** Splits a SKILL.md; `undefined` where it does not begin with frontmatter. */
export function splitFrontmatter(text: string): SkillText | undefined {
  const match = FRONTMATTER.exec(text)
  if (match === null) return undefined
  return {yaml: match[1] ?? '', body: text.slice(match[0].length)}
}
