/** The values of an empty field. */
const NOTHING = String.raw`undefined|null|true|false|none|\*+|\[?redacted\]?|basic|bearer`
const ELLIPSIS = String.raw`\xe2\x80\xa6|\.{3}` // its bytes, as Latin-1
const END = '[.,;:)`]{0,2}$'
const EMPTY = new RegExp(`^(?:${NOTHING}|${ELLIPSIS})?${END}`, 'i')

/** A variable by its name, or in the syntax of shells, templates and workflows. */
const VARIABLE = [
  String.raw`[A-Z][A-Z\d]*(?:_[A-Z\d]+)*_(?:KEY|TOKEN|SECRET|PASSWORD)`,
  String.raw`\$[A-Z]+(?:_[A-Z]+)*`,
  String.raw`\$\{\w+\}`,
  String.raw`\$\([a-z]{2,12}`,
  String.raw`\$\{\{[ \w.]*(?:\}\})?`,
]
/** Placeholders for people to replace. */
const PLACEHOLDER = [
  String.raw`<[\w -]{1,30}>`,
  String.raw`(?:YOUR[_-])?(?:USER|USERNAME|PASSWORD|TOKEN|KEY|API[_-]?KEY|SECRET)`,
  `(?:[a-z]+[_-]){1,3}(?:${ELLIPSIS})`,
]
const STAND_IN = new RegExp(`^(?:${[...VARIABLE, ...PLACEHOLDER].join('|')})${END}`)

/** Words that follow a colon in a sentence, and that nobody uses as a password. */
const PROSE =
  /^(?:an?|and|as|by|check|does|for|from|has|if|in|invalid|is|it|its|missing|no|none|not|nothing|of|on|or|required|run|see|set|something|that|the|there|this|to|try|unknown|unset|update|use|used|was|what|when|which|with|wrong|you|your)[.,;:!?)]?$/

/** Longer texts are not placeholders. */
export const LONGEST_STAND_IN = 48

/** Whether the text is a placeholder for a secret. */
export function isStandIn(text: string): boolean {
  return EMPTY.test(text) || STAND_IN.test(text)
}

/** Like {@link isStandIn}, for the user information of an address. */
export function areStandIns(text: string): boolean {
  return text.split(':').every((part) => STAND_IN.test(part))
}

/** Whether a word continues a sentence: `the password: it is wrong`. */
export function isProse(word: string): boolean {
  return PROSE.test(word)
}
