/**
 * Text as JSON, or `undefined` where it is invalid. V8's error would quote the text. A leading byte
 * order mark is skipped, as RFC 8259 §8.1 allows.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch {
    return undefined
  }
}

/**
 * Whether brackets are nested more than so many times. Parsed, a few megabytes of them are
 * hundreds, and code that walks through the value runs out of stack.
 */
export function isNestedDeeper(text: string, levels: number): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at)
    if (mark === '"') isText = !isText
    else if (isText) at += mark === '\\' ? 1 : 0
    else if (mark === '[' || mark === '{') depth += 1
    else if (mark === ']' || mark === '}') depth -= 1
    if (depth > levels) return true
  }
  return false
}

/** A JSON object, or `undefined` for anything else. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Record<string, unknown>
}

/** A non-empty string, or `undefined`. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
