import type {IBufferCell, Terminal} from '@xterm/headless'

/** Adjacent cells with the same style. */
export interface Run {
  readonly column: number
  /** In cells: a wide character takes two. */
  readonly width: number
  readonly text: string
  /** One of the terminal's sixteen colours, or its default colour where absent. */
  readonly colour: number | undefined
  readonly isBold: boolean
  readonly isDim: boolean
}

/** The visible screen at one moment. */
export interface Screen {
  readonly columns: number
  readonly rows: readonly (readonly Run[])[]
  readonly cursor: {readonly row: number; readonly column: number} | undefined
}

/** Captures the screen of an emulator, cell by cell. */
export function screenOf({buffer: {active}, rows, cols}: Terminal, hasCursor: boolean): Screen {
  const all = Array.from({length: rows}, (_, row) => {
    const line = active.getLine(active.baseY + row)
    const cells = Array.from({length: cols}, (_cell, column) => line?.getCell(column))
    return runsOf(cells)
  })
  const cursor = {row: active.cursorY, column: active.cursorX}
  return {columns: cols, rows: all, cursor: hasCursor ? cursor : undefined}
}

function runsOf(cells: readonly (IBufferCell | undefined)[]): Run[] {
  const runs: Run[] = []
  for (const [column, cell] of cells.entries()) {
    if (cell === undefined || cell.getWidth() === 0) continue
    const width = cell.getWidth()
    const run = {column, width, text: cell.getChars() || ' ', ...lookOf(cell)}
    const last = runs.at(-1)
    if (last !== undefined && isAlike(last, run)) {
      runs[runs.length - 1] = {...last, width: last.width + width, text: last.text + run.text}
    } else runs.push(run)
  }
  return runs.filter(({text}) => text.trim() !== '')
}

function lookOf(cell: IBufferCell): Pick<Run, 'colour' | 'isBold' | 'isDim'> {
  return {
    colour: cell.isFgPalette() ? cell.getFgColor() : undefined,
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
  }
}

/** A rule is a separate run: it is drawn, not written. */
function isAlike(one: Run, other: Run): boolean {
  return (
    one.colour === other.colour &&
    one.isBold === other.isBold &&
    one.isDim === other.isDim &&
    one.text.startsWith('─') === other.text.startsWith('─')
  )
}
