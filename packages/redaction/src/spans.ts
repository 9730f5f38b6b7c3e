export type SpanKind = 'name' | 'shape' | 'value'

export interface Span {
  readonly begin: number
  readonly end: number
  readonly kind: SpanKind
  /** The replacement. */
  readonly substitute: string
}

export const REDACTED = '[redacted]'

/** The parts of a text that must be hidden, in bytes. They may overlap. */
export class Spans {
  #all: Span[] = []

  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  add(begin: number, end: number, kind: SpanKind, substitute = REDACTED): void {
    if (end > begin) this.#all.push({begin, end, kind, substitute})
  }

  /**
   * In order, without overlaps; adjacent ones stay separate only when they are of different kinds.
   */
  merged(): Span[] {
    const sorted = this.#all.sort((a, b) => a.begin - b.begin || b.end - a.end)
    const merged: Span[] = []
    for (const span of sorted) {
      const last = merged.at(-1)
      if (last === undefined || span.begin >= last.end) merged.push(span)
      else if (span.end > last.end) merged[merged.length - 1] = {...last, end: span.end}
    }
    return merged
  }
}

/** The bytes from `from` to `to` of a text, with the spans replaced. */
export function render(text: string, spans: readonly Span[], from: number, to: number): string {
  const bytes = Buffer.from(text)
  const last = Math.min(to, bytes.length)
  const pieces: string[] = []
  let done = from
  for (const {begin, end, substitute} of spans) {
    if (begin >= last) break
    if (end <= from) continue
    if (begin >= from) pieces.push(bytes.toString('utf8', done, begin), substitute)
    done = Math.max(done, Math.min(end, last))
  }
  pieces.push(bytes.toString('utf8', done, last))
  return pieces.join('')
}
