import {deflateSync} from 'node:zlib'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Reduces a source map: for each line of the bundle, where the lines of our sources begin; no
 * columns, no names, and nothing of other packages.
 *
 * @param {string} text - a source map, version 3, as esbuild writes it
 * @returns {string} a map in the format of `adapters/source-positions.ts`: deflated, in base64
 */
export function packedPositions(text) {
  return deflateSync(thinMap(text)).toString('base64')
}

function thinMap(text) {
  const {sources, mappings} = JSON.parse(text)
  const names = sources.map((path) => path.replace(/^(?:\.\.\/)+/, ''))
  const wanted = new Map() // the numbers of sources in the new map, by those in the old one
  const [at, last] = [
    {source: 0, line: 0},
    {source: 0, line: 0},
  ]
  const lines = mappings.split(';').map((segments) => {
    let [column, lastColumn, before] = [0, 0, '']
    return segments
      .split(',')
      .filter((segment) => segment !== '')
      .flatMap((segment) => {
        const [columns, source = 0, line = 0] = decoded(segment)
        column += columns
        at.source += source
        at.line += line
        const isOurs = !names[at.source].includes('node_modules/')
        const place = isOurs ? `${at.source}:${at.line}` : ''
        if (place === before) return []
        before = place
        const fields = [column - lastColumn]
        lastColumn = column
        if (!isOurs) return [encoded(fields)]
        if (!wanted.has(at.source)) wanted.set(at.source, wanted.size)
        const number = wanted.get(at.source)
        fields.push(number - last.source, at.line - last.line, 0)
        Object.assign(last, {source: number, line: at.line})
        return [encoded(fields)]
      })
      .join(',')
  })
  const ours = [...wanted.keys()].map((source) => names[source])
  return JSON.stringify({version: 3, sources: ours, names: [], mappings: lines.join(';')})
}

/** The numbers of a segment: base 64, least digits first, the sign in the last bit. */
function decoded(segment) {
  const numbers = []
  let [value, shift] = [0, 0]
  for (const character of segment) {
    const digit = DIGITS.indexOf(character)
    value |= (digit & 31) << shift
    shift += 5
    if ((digit & 32) !== 0) continue
    numbers.push((value & 1) === 0 ? value >> 1 : -(value >> 1))
    ;[value, shift] = [0, 0]
  }
  return numbers
}

function encoded(numbers) {
  return numbers.map(encodedNumber).join('')
}

function encodedNumber(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += DIGITS[rest > 0 ? digit | 32 : digit]
  } while (rest > 0)
  return text
}
