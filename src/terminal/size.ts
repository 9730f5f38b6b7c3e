interface Output {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

const [COLUMNS, ROWS] = [80, 24]

/** How wide a terminal is, in cells; `undefined` for what is none, where any width will do. */
export function columnsOf(output: Output): number | undefined {
  return output.isTTY === true ? sizeOf(output).columns : undefined
}

/** One that does not know its size says that it has none: then the shell may know better. */
export function sizeOf({columns, rows}: Output): {columns: number; rows: number} {
  return {
    columns: known(columns) ?? known(Number(process.env.COLUMNS)) ?? COLUMNS,
    rows: known(rows) ?? known(Number(process.env.LINES)) ?? ROWS,
  }
}

function known(size: number | undefined): number | undefined {
  return Number.isInteger(size) && size !== 0 ? size : undefined
}
