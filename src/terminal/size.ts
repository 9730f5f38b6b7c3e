interface Output {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

const [COLUMNS, ROWS] = [80, 24]

/** The width of a terminal, in cells; `undefined` for other streams, which have no limit. */
export function columnsOf(output: Output): number | undefined {
  return output.isTTY === true ? sizeOf(output).columns : undefined
}

/** A terminal of unknown size reports 0: then the shell's variable may help. */
export function sizeOf({columns, rows}: Output): {columns: number; rows: number} {
  return {
    columns: known(columns) ?? known(Number(process.env.COLUMNS)) ?? COLUMNS,
    rows: known(rows) ?? known(Number(process.env.LINES)) ?? ROWS,
  }
}

function known(size: number | undefined): number | undefined {
  return Number.isInteger(size) && size !== 0 ? size : undefined
}
