import {parse} from 'yaml'

/** Command lines in a page of the docs. */
interface DocCommands {
  /** For bash, one after the other. */
  readonly lines: readonly string[]
  /** Of blocks that are neither run nor say why not. */
  readonly unexplained: readonly string[]
}

interface Block {
  readonly language: string
  readonly text: string
  /** The last non-empty line before it. */
  readonly before: string
}

const WHY_NOT = /^<!-- not run: \S.* -->$/
const SHOWN = /^(?:\$ )?(?:\w+=\S+ )*(?:mogplex|docker|npm|npx) /

/** The commands in the code blocks of a page: shell, CI workflows, a Dockerfile, a crontab. */
export function docCommands(markdown: string): DocCommands {
  const blocks = blocksOf(markdown)
  return {
    lines: blocks.flatMap(({language, text}) => linesOf(language, text) ?? []),
    unexplained: blocks.flatMap(({language, text, before}) =>
      linesOf(language, text) !== undefined || WHY_NOT.test(before)
        ? []
        : text.split('\n').filter((line) => SHOWN.test(line)),
    ),
  }
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
    ({1: language = '', 2: text = '', index}) => {
      const before = markdown.slice(0, index).trimEnd()
      return {language, text, before: before.slice(before.lastIndexOf('\n') + 1)}
    },
  )
}

/** `undefined` where blocks of that language are only shown. */
function linesOf(language: string, text: string): string[] | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  switch (language) {
    case 'sh':
      return lines.filter((line) => line !== '')
    case 'yaml':
      return scriptsIn(parse(text))
    case 'dockerfile': {
      const words = lines.flatMap((line) => {
        const [, list] = /^(?:ENTRYPOINT|CMD) (\[.*\])$/.exec(line) ?? []
        return list === undefined ? [] : (JSON.parse(list) as string[])
      })
      return [words.join(' ')]
    }
    case 'cron':
      return lines.flatMap((line) => /^(?:[\d*/,-]+ ){5}(.*)$/.exec(line)?.[1] ?? [])
    default:
      return undefined
  }
}

/** The commands of a workflow: `run` at GitHub, `script` at GitLab. */
function scriptsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    if (key === 'run' && typeof member === 'string') return member.trim().split('\n')
    if (key === 'script' && Array.isArray(member)) return member.map(String)
    return scriptsIn(member)
  })
}
