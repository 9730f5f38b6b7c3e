import type {Run, Screen} from './screen.js'

/** A screen, and how long it is shown. */
export interface Frame {
  readonly screen: Screen
  readonly seconds: number
}

const CELL = {width: 8.4, height: 19}
const BAR = 34
const EDGE = 18
const GROUND = '#16161e'
const INK = '#c8ccdc'
const COLOURS = [
  '#3b3f51',
  '#f7768e',
  '#9ece6a',
  '#e0af68',
  '#7aa2f7',
  '#bb9af7',
  '#7dcfff',
  '#c8ccdc',
  '#6b7089',
  '#f7768e',
  '#9ece6a',
  '#e0af68',
  '#7aa2f7',
  '#bb9af7',
  '#7dcfff',
  '#ffffff',
]
const FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"

/**
 * A loop of screens, as an SVG without scripts. For people who prefer reduced motion, only the last
 * one is shown.
 *
 * @param title - its alternative text
 */
export function filmOf(frames: readonly Frame[], title: string): string {
  const [first] = frames
  const [columns, rows] = [first?.screen.columns ?? 0, first?.screen.rows.length ?? 0]
  const width = round(columns * CELL.width + 2 * EDGE)
  const height = rows * CELL.height + BAR + EDGE
  const total = frames.reduce((sum, {seconds}) => sum + seconds, 0)
  let begun = 0
  const styles = frames.map(({seconds}, index) => {
    const [from, to] = [percent(begun, total), percent(begun + seconds, total)]
    begun += seconds
    return `@keyframes k${index}{0%,${to}%{opacity:0}${from}%{opacity:1}}`.replace(
      '{0%,',
      from === 0 ? '{' : '{0%,',
    )
  })
  const played = frames.map((_, index) => `#f${index}{animation-name:k${index}}`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>
text{font:14px ${FONT};fill:${INK};white-space:pre}
.b{font-weight:700}.d{opacity:.55}
.f{opacity:0}.f:last-of-type{opacity:1}
@media (prefers-reduced-motion:no-preference){
.f{animation:${round(total)}s step-end infinite}
${[...styles, ...played].join('\n')}
}
</style>
<rect width="${width}" height="${height}" rx="10" fill="${GROUND}"/>
${['#f7768e', '#e0af68', '#9ece6a'].map((fill, index) => `<circle cx="${EDGE + 4 + index * 18}" cy="17" r="5.5" fill="${fill}"/>`).join('')}
${frames.map(({screen}, index) => `<g class="f" id="f${index}">\n${drawn(screen)}\n</g>`).join('\n')}
</svg>
`
}

function drawn({rows, cursor}: Screen): string {
  const block =
    cursor === undefined
      ? []
      : [
          `<rect x="${xOf(cursor.column)}" y="${yOf(cursor.row) - 14}" width="${CELL.width}" height="${CELL.height - 2}" fill="${INK}" opacity=".6"/>`,
        ]
  const texts = rows.flatMap((runs, row) => runs.map((run) => runText(run, row)))
  return [...block, ...texts].join('\n')
}

/** Each run has an explicit width, so that columns stay aligned in any font. */
function runText({column, width, text, colour, isBold, isDim}: Run, row: number): string {
  const start = column + text.length - text.trimStart().length
  const cells = width - (text.length - text.trim().length)
  const classes = [...(isBold ? ['b'] : []), ...(isDim ? ['d'] : [])].join(' ')
  const fill = colour === undefined ? '' : ` fill="${COLOURS[colour] ?? INK}"`
  const look = classes === '' ? '' : ` class="${classes}"`
  const length = round(cells * CELL.width)
  if (text.startsWith('─')) {
    const box = `x="${xOf(column)}" y="${yOf(row) - 5}" width="${length}" height="1"`
    return `<rect ${box}${look} fill="${COLOURS[colour ?? 8] ?? INK}"/>`
  }
  const style = fill === '' ? '' : ` style="fill:${COLOURS[colour ?? 7] ?? INK}"`
  return `<text x="${xOf(start)}" y="${yOf(row)}" textLength="${length}"${look}${style}>${escaped(text.trim())}</text>`
}

function xOf(column: number): number {
  return round(EDGE + column * CELL.width)
}

function yOf(row: number): number {
  return BAR + row * CELL.height + 15
}

function percent(part: number, whole: number): number {
  return Math.round((10_000 * part) / whole) / 100
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
