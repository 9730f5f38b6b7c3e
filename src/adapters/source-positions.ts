import {readFileSync} from 'node:fs'
import {SourceMap} from 'node:module'
import {inflateSync} from 'node:zlib'

/** A position in a file of `dist`, as stacks name it; the path may contain blanks. */
const PLACE = /(?:[A-Za-z]:)?[\\/][^\n]*?\.cjs:(\d+):(\d+)/g

type Payload = ConstructorParameters<typeof SourceMap>[0]

/**
 * A stack with positions in `dist` mapped to our sources (`src/services/log-in.ts:62`). Unknown
 * positions stay unchanged.
 */
export function withSourcePositions(stack: string): string {
  const maps = new Map<string, SourceMap | undefined>()
  return stack.replaceAll(PLACE, (place, line: string, column: string) => {
    const file = place.slice(0, -`:${line}:${column}`.length)
    if (!maps.has(file)) maps.set(file, readMap(`${file}.positions`))
    const found = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1)
    return found !== undefined && 'originalSource' in found
      ? `${found.originalSource}:${found.originalLine + 1}`
      : place
  })
}

/** Created by scripts/bundle/positions.js. */
function readMap(path: string): SourceMap | undefined {
  try {
    const packed = Buffer.from(readFileSync(path, 'latin1'), 'base64')
    return new SourceMap(JSON.parse(inflateSync(packed).toString()) as Payload)
  } catch {
    return undefined
  }
}
