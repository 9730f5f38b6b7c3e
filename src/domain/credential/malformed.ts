import {PROVIDERS, type Provider} from './provider-table.js'

const ONE_PRINTABLE_WORD = /^[\u0021-\u007E]+$/
// No server reads a longer header; a longer value is usually a file by mistake.
const MAX_CHARACTERS = 8 * 1024

const VARIABLES = PROVIDERS.map(({variable}) => variable).join('|')
const OWN_NAME = new RegExp(`^(?:${VARIABLES})$`, 'i')
// Base64 ends with `=`, so an unknown name counts only in capitals and when a value follows it.
const ASSIGNMENT = new RegExp(
  `^(?:export\\s+|set\\s+|\\$env:)?(?:[A-Z][A-Z0-9_]+\\s*=\\s*[^=\\s]|(?:${[VARIABLES, VARIABLES.toLowerCase()].join('|')})\\s*=)`,
)
/**
 * `$NAME`, `${NAME}`, `$(command)`, `$env:NAME`, `%NAME%`, `{{ name }}`: placeholders left
 * unfilled.
 */
const REFERENCE = /^(?:\$(?:env:)?[A-Z_]\w*|\$\{.*\}|\$\(.*\)|%[A-Z_]\w*%|\{\{.*\}\})$/is
/**
 * Texts that programs write for a missing value. Not `none`, `dummy`, `EMPTY` and the like: servers
 * that need no key (behind `OPENAI_BASE_URL`) are given these.
 */
const NO_VALUE = /^(?:undefined|null|NaN|\[?redacted\]?|change_?me|todo|tbd)$/i
/**
 * `***`, `mog_****1234`, `sk-...`, `xxxx`, `sk-proj-xxxx`: a masked key, or a placeholder for one.
 */
const MASKED = /\*{3}|\.{3}|[\u2022\u2026]|^\*+$|^(?:[a-z]{1,8}[_-])*x{3,}$/i
/** `<your-key>`, `[API key]`. */
const BRACKETED = /^(?:<.*>|\[.*\])$/s
const LETTERS = /^[a-z]+(?:[ _-][a-z]+)*$/i
const INSTRUCTION = /(?:^|[ _-])(?:your|insert|replace|change|paste|enter)/i
const WHAT_GOES_HERE = /(?:key|token|secret|here|me)$/i

/** The rules of all providers, in order: the first that matches is the most specific. */
const RULES: readonly (readonly [fits: (value: string) => boolean, why: string])[] = [
  [(value) => value.length > MAX_CHARACTERS, 'it cannot be a key: it is too long'],
  [
    (value) => ASSIGNMENT.test(value),
    'it cannot be a key: it is an assignment, with the name of the variable',
  ],
  [
    (value) => REFERENCE.test(unquoted(value)),
    'it cannot be a key: it is a reference to a variable that was not replaced by its value',
  ],
  [
    (value) => OWN_NAME.test(unquoted(value)),
    'it cannot be a key: it is the name of a variable, not its value',
  ],
  [(value) => isPlaceholder(unquoted(value)), 'it cannot be a key: it is a placeholder'],
  [(value) => /^["'`]|["'`]$/.test(value), 'it cannot be a key: it is in quotes'],
  [
    (value) => !ONE_PRINTABLE_WORD.test(value),
    'it cannot be a key: it contains a blank, a control character or a non-ASCII character',
  ],
]

/**
 * Says why a value cannot be a key of this provider, in words that follow "… is set, and", without
 * the value; `undefined` when it can be one. Key prefixes are not required: providers change them.
 *
 * @param value - trimmed, not empty
 */
export function keyProblem(provider: Provider, value: string): string | undefined {
  const rule = RULES.find(([fits]) => fits(value))
  if (rule !== undefined) return rule[1]
  const owner = PROVIDERS.find(
    ({id, keyPrefix}) =>
      id !== provider.id && keyPrefix !== undefined && value.startsWith(keyPrefix),
  )
  return owner && `it holds a key of ${owner.name}, not of ${provider.name}`
}

function isPlaceholder(value: string): boolean {
  if (NO_VALUE.test(value) || MASKED.test(value) || BRACKETED.test(value)) return true
  return LETTERS.test(value) && INSTRUCTION.test(value) && WHAT_GOES_HERE.test(value)
}

function unquoted(value: string): string {
  return value.replace(/^(["'`])(.*)\1$/s, '$2').trim()
}
