import {fieldOf} from '../text/thrown.js'

type Say = (match: RegExpExecArray, command: string, error: unknown) => string

// Messages of oclif's parser, of all its versions, and ours in their place.
const SAYINGS: readonly (readonly [said: RegExp, ours: Say])[] = [
  [
    /^Unexpected arguments?: ([^]*)$/,
    ([, args = ''], command, error) =>
      unexpectedArgument(command, textsIn(fieldOf(error, 'args')) ?? [args]),
  ],
  [/^Nonexistent flags?: ([^]*)$/, ([, flags], command) => `\`${command}\` has no flag ${flags}.`],
  [
    /^Missing \d+ required args?(?::\n([^]*))?$/,
    ([, text = '']) => {
      const names = text.split(/\n\s*\n/)[0]?.match(/^\s*\S+/gm) ?? []
      const list = names.map((name) => name.trim()).join(', ')
      return names.length > 1
        ? `The arguments ${list} are missing.`
        : `The argument ${list} is missing.`
    },
  ],
  [/^Missing required flag (\S+)$/, ([, flag]) => `The flag --${flag} is missing.`],
  [/^Flag (--\S+) expects a value$/, ([, flag]) => `${flag} needs a value.`],
  [
    /^Flag (--\S+) expects one of these values: (.*)$/,
    ([, flag, values]) => `${flag} needs a value, one of: ${values}.`,
  ],
  [/^Flag (--\S+) can only be specified once$/, ([, flag]) => `${flag} was given more than once.`],
  [
    /^Flag (--\S+) can only be read from stdin\..*$/,
    ([, flag]) => `${flag} takes its value from standard input: give it - or nothing.`,
  ],
  [
    /^Expected (--[^=\s]+)=([^]*) to be one of: (.*)$/,
    ([, flag, value = '', values]) => `${flag} must be one of: ${values}; not ${quoted(value)}.`,
  ],
  [
    /^Expected ([^]*) to be one of: (.*)$/,
    ([, value = '', values]) => `${quoted(value)} is not one of: ${values}.`,
  ],
  [
    /^(--[^=\s]+)(?:=[^]*)? cannot also be provided when using (--\S+)$/,
    ([, ...flags]) => `${flags.sort().join(' and ')} cannot be used together.`,
  ],
  [
    /^All of the following must be provided when using (--\S+): (.*)$/,
    ([, flag, others]) => `${flag} can only be used with ${others}.`,
  ],
  [
    /^One of the following must be provided when using (--\S+): (.*)$/,
    ([, flag, others]) => `${flag} can only be used with one of: ${others}.`,
  ],
  [
    /^Only the following can be provided when using (--\S+): (.*)$/,
    ([, flag, others]) => `${flag} can only be used alone, or with: ${others}.`,
  ],
  [
    /^Exactly one of the following must be provided: (.*)$/,
    ([, flags]) => `One of these flags is needed, and only one: ${flags}.`,
  ],
  [
    /^At least one of the following must be provided: (.*)$/,
    ([, flags]) => `One of these flags is needed: ${flags}.`,
  ],
  [
    /^Expected an integer but received: ([^]*)$/,
    ([, value = '']) => `${quoted(value)} is not a whole number.`,
  ],
  [
    /^Expected an integer (greater|less) than or equal to (-?\d+) but received: ([^]*)$/,
    ([, side, limit, value]) =>
      `${value} is too ${side === 'greater' ? `small: ${limit} or more` : `large: ${limit} or less`}.`,
  ],
  [
    /^Expected a valid url but received: ([^]*)$/,
    ([, value = '']) => `${quoted(value)} is not an address.`,
  ],
]

const HEADLINE = /^The following errors? occurred:\s*/
const TO_HELP = /\s*See more help with --help$/
const PARSING = /^Parsing (--\S+) *\n\s*/

/**
 * What is wrong with a command line, on one line and in our words; `undefined` where oclif's parser
 * did not report it: then a command did.
 *
 * @param message - the error's message, without escape sequences
 * @param command - the command that ran, such as `mogplex login`
 */
export function usageMessage(error: unknown, message: string, command: string): string | undefined {
  const text = message.replace(TO_HELP, '')
  const [, flag] = PARSING.exec(text) ?? []
  if (flag !== undefined) {
    const why = text.replace(PARSING, '')
    return `${flag}: ${sayingOf(error, why, command) ?? oneLine(why)}`
  }
  if (!HEADLINE.test(text)) return sayingOf(error, text, command)
  const reasons = text.replace(HEADLINE, '').split('\n')
  const all = reasons.map((reason) => sayingOf(error, reason.trim(), command) ?? oneLine(reason))
  return [...new Set(all)].join(' ')
}

/** A command was given an argument that it does not take. */
export function unexpectedArgument(command: string, args: readonly string[]): string {
  return `\`${command}\` does not take ${args.map(quoted).join(', ')}.`
}

function sayingOf(error: unknown, text: string, command: string): string | undefined {
  for (const [said, ours] of SAYINGS) {
    const match = said.exec(text)
    if (match !== null) return oneLine(ours(match, command, error))
  }
  return undefined
}

function textsIn(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const texts = value.filter((text: unknown) => typeof text === 'string')
  return texts.length === value.length && texts.length > 0 ? texts : undefined
}

function quoted(text: string): string {
  return `"${text}"`
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}
