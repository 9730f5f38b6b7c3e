/** A spelling of a value, beyond the escapes that are undone before the search. */
interface Spelling {
  readonly text: string
  /** The value itself, of which even a part is a leak. */
  readonly plain: boolean
}

/**
 * The spellings of a value that stay different when escapes (JSON, percent, HTML, terminal) are
 * undone: unchanged, form-encoded (blanks as `+`), base64 and base64url at three alignments, hex.
 */
export function spellingsOf(value: string): Spelling[] {
  const escaped = [
    value,
    JSON.stringify(value).slice(1, -1),
    percentEncoded(value),
    percentEncoded(value).replaceAll('%20', '+'),
  ]
  const encoded = [...new Set(escaped)].flatMap(base64Of)
  const hex = Buffer.from(value).toString('hex')
  const hexForms = [hex, hex.toUpperCase(), hex.replaceAll(/..(?!$)/g, '$& ')]
  return [
    {text: value, plain: true},
    ...(value.includes(' ') ? [{text: value.replaceAll(' ', '+'), plain: true}] : []),
    ...[...new Set([...encoded, ...hexForms])].map((text) => ({text, plain: false})),
  ]
}

/** `encodeURIComponent`, which throws for an unpaired surrogate. */
function percentEncoded(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString())
}

/** Without the edges, which depend on the neighbours. */
function base64Of(text: string): string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
    const first = Math.ceil((shift * 8) / 6)
    const last = Math.floor((shifted.length * 8) / 6)
    return [shifted.toString('base64'), shifted.toString('base64url')].map((all) =>
      all.slice(first, last),
    )
  })
}
