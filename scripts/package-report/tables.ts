import type {Installed} from './installed-packages.js'

export interface Packed {
  readonly name: string
  /** The path of the tarball. */
  readonly file: string
  /** Bytes of the tarball, and of its contents. */
  readonly packed: number
  readonly unpacked: number
  readonly files: number
}

const BEGIN = '<!-- what `npm run package:report` writes -->'
const END = '<!-- end -->'

/**
 * The tables of docs/package.md, as Markdown: sizes to the nearest 10 kB, so that they rarely
 * change.
 */
export function packageTables(packed: readonly Packed[], installed: readonly Installed[]): string {
  const bytes = installed.reduce((sum, each) => sum + each.bytes, 0)
  return [
    table(
      ['Package', 'Tarball', 'Unpacked', 'Files'],
      packed.map((each) => [
        `\`${each.name}\``,
        size(each.packed),
        size(each.unpacked),
        `${each.files}`,
      ]),
    ),
    `Installed, the CLI is ${installed.length} packages with ${megabytes(bytes)} in all:`,
    table(['Package', 'Version', 'License', 'Unpacked', 'Packages'], topRows(installed)),
    `Their licenses: ${licenses(installed)}.`,
  ].join('\n\n')
}

/** @throws {Error} where the page has no place for them */
export function withTables(page: string, tables: string): string {
  const [before, rest] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))]
  if (!page.includes(BEGIN) || !page.includes(END))
    throw new Error('The page has no place for them.')
  return `${before}${BEGIN}\n\n${tables}\n\n${rest}`
}

/** The largest first: each with the packages inside it. */
function topRows(installed: readonly Installed[]): string[][] {
  const top = installed.filter(({inside}) => inside === undefined)
  const rows = top.map((each) => {
    const all = [each, ...installed.filter(({inside}) => inside === each.name)]
    return {each, bytes: all.reduce((sum, {bytes}) => sum + bytes, 0), count: all.length}
  })
  const large = rows.filter(({bytes}) => bytes >= 100_000).sort((a, b) => b.bytes - a.bytes)
  const small = rows.filter(({bytes}) => bytes < 100_000)
  const rest = small.reduce((sum, {bytes}) => sum + bytes, 0)
  return [
    ...large.map(({each, bytes, count}) => [
      `\`${each.name}\``,
      each.version,
      each.license,
      size(bytes),
      `${count}`,
    ]),
    [`${small.length} of less than 100 kB`, '', '', size(rest), `${small.length}`],
  ]
}

function licenses(installed: readonly Installed[]): string {
  const counts = new Map<string, number>()
  for (const {license} of installed) counts.set(license, (counts.get(license) ?? 0) + 1)
  const sorted = [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
  return sorted.map(([license, count]) => `${license} (${count})`).join(', ')
}

function size(bytes: number): string {
  return bytes >= 1_000_000
    ? megabytes(bytes)
    : `${Math.max(10, Math.round(bytes / 10_000) * 10)} kB`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`
}

/** In the formatter's layout. */
function table(titles: readonly string[], rows: readonly string[][]): string {
  const widths = titles.map((title, column) =>
    Math.max(3, ...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(titles), rule, ...rows.map(line)].join('\n')
}
