import type {IBuffer, Terminal} from '@xterm/headless'

/** The visible rows, as a person sees them; trailing blanks are left out. */
export function visibleText({buffer: {active}, rows}: Terminal): string {
  const lines = Array.from(
    {length: rows},
    (_, row) =>
      active
        .getLine(active.baseY + row)
        ?.translateToString(true)
        .trimEnd() ?? '',
  )
  return lines.join('\n').trimEnd()
}

/**
 * Everything that was ever shown, line by line: a line that the terminal wrapped is one line again.
 */
export function wholeText({buffer: {active, normal}}: Terminal): string {
  const buffers = active === normal || active.type === 'normal' ? [normal] : [normal, active]
  return buffers.map(logicalLines).join('\n')
}

function logicalLines(buffer: IBuffer): string {
  const lines: string[] = []
  for (let row = 0; row < buffer.length; row++) {
    const line = buffer.getLine(row)
    // Trims only cells that were never written: a blank at the wrap belongs to the line.
    const text = line?.translateToString(true) ?? ''
    if (line?.isWrapped && lines.length > 0) lines.push(`${lines.pop() ?? ''}${text}`)
    else lines.push(text)
  }
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
}
