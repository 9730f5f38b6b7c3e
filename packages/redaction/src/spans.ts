export type SpanKind = 'name' | 'shape' | 'value'

export interface Span {
  readonly begin: number
  readonly end: number
  readonly kind: SpanKind
  /** What stands in its place. */
  readonly substitute: string
}

export const REDACTED = '[redacted]'

/** The parts of a text that must not be seen, in bytes. They may overlap. */
export class Spans {
  #all: Span[] = []

  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  add(begin: number, end: number, kind: SpanKind, substitute = REDACTED): void {
    if (end > begin) this.#all.push({begin, end, kind, substitute})
  }

  /** In order, without overlaps; what touches stays apart only when it is of different kinds. */
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
