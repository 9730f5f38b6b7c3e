const MILLION = 1_000_000

/** A number of tokens in a short form: `800`, `200k`, `1M`, `1.5M`. */
export function tokensText(tokens: number): string {
  if (tokens < 1000) return String(tokens)
  const thousands = Math.round(tokens / 1000)
  if (thousands < 1000) return `${thousands}k`
  return `${Number((tokens / MILLION).toFixed(1))}M`
}

/** A price per token, in US dollars per million of them: `$3`, `$0.15`, `$0.075`. */
export function perMillionText(dollarsPerToken: number): string {
  const dollars = dollarsPerToken * MILLION
  if (dollars > 0 && dollars < 0.0001) return 'under $0.0001'
  const rounded = Number(dollars.toFixed(4))
  const cents = rounded.toFixed(2)
  if (Number.isInteger(rounded)) return `$${rounded}`
  return Number(cents) === rounded ? `$${cents}` : `$${rounded}`
}
