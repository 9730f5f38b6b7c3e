// The description of a command comes from its manifest, and that of a plugin may contain anything:
// each field is checked, and every text is printable.
import {asRecord, asText} from '../../domain/text/json.js'
import {withoutEscapeSequences} from '../../domain/text/escape-sequences.js'
import {printable, printableLines} from '../../domain/text/printable.js'

export interface FlagFacts {
  readonly name: string
  readonly char?: string
  /** Absent where it takes no value. */
  readonly value?: string
  readonly options?: readonly string[]
  readonly multiple: boolean
  readonly required: boolean
  readonly default?: string
  readonly description: string
  /** Flags that it conflicts with. */
  readonly exclusive: readonly string[]
  /** As `GLOBAL`: the flags of all commands. */
  readonly group?: string
  /** Whether there is also `--no-NAME`. */
  readonly allowNo: boolean
}

export interface ArgFacts {
  readonly name: string
  readonly required: boolean
  readonly multiple: boolean
  readonly options?: readonly string[]
  readonly description: string
}

/** A command, as `--help --json` describes it. */
export interface CommandFacts {
  /** As it is typed, without `mogplex`; empty for bare `mogplex`. */
  readonly command: string
  readonly summary: string
  readonly description: string
  readonly aliases: readonly string[]
  readonly usage?: readonly string[]
  readonly args: readonly ArgFacts[]
  readonly flags: readonly FlagFacts[]
  readonly examples: readonly string[]
  /** Its plugin, where that is not us. */
  readonly plugin?: string
}

/** The descriptions of oclif's own flags, in our words. */
const OF_OCLIF: Readonly<Record<string, string>> = {
  'Format output as json.': 'Print JSON, for programs.',
}

/**
 * @param command - as a manifest describes it
 * @param render - fills in oclif's templates, as `<%= config.bin %>`
 */
export function factsOf(command: object, render: (text: string) => string): CommandFacts {
  const fields = asRecord(command) ?? {}
  const id = asText(fields.id) ?? ''
  const texts = linesOf(fields.description, render)
  const summary = linesOf(fields.summary, render).split('\n')[0] ?? ''
  const usage = listOf(fields.usage).map((text) => line(render(text)))
  return {
    command: spaced(id),
    summary: summary === '' ? (texts.split('\n')[0] ?? '') : summary,
    description: summary === '' ? texts.split('\n').slice(1).join('\n').trim() : texts,
    aliases: listOf(fields.aliases).flatMap((alias) => (alias === id ? [] : spaced(alias))),
    ...(usage.length > 0 && {usage}),
    args: visible(fields.args).map(([key, arg]) => argFacts(key, arg, render)),
    flags: visible(fields.flags).map(([key, flag]) => flagFacts(key, flag, render)),
    examples: examplesOf(fields.examples).map((text) => linesOf(text, render)),
  }
}

function flagFacts(
  key: string,
  flag: Record<string, unknown>,
  render: (text: string) => string,
): FlagFacts {
  const name = line(key)
  const char = asText(flag.char)
  const options = listOf(flag.options).map(line)
  const usual = ['string', 'number'].includes(typeof flag.default) ? String(flag.default) : ''
  const texts = [flag.summary, flag.description].map((text) => linesOf(text, render))
  const said = line(texts.filter((text) => text !== '').join(' '))
  const group = asText(flag.helpGroup)
  return {
    name,
    ...(char !== undefined && {char: line(char).slice(0, 1)}),
    ...(flag.type === 'option' && {value: valueName(flag.helpValue, name, options)}),
    ...(options.length > 0 && {options}),
    multiple: flag.multiple === true,
    required: flag.required === true,
    ...(usual !== '' && {default: line(usual)}),
    description: OF_OCLIF[said] ?? said,
    exclusive: listOf(flag.exclusive).map(line),
    ...(group !== undefined && {group: line(group).toUpperCase()}),
    allowNo: flag.allowNo === true,
  }
}

function argFacts(
  key: string,
  arg: Record<string, unknown>,
  render: (text: string) => string,
): ArgFacts {
  const options = listOf(arg.options).map(line)
  return {
    name: line(asText(arg.name) ?? key).toUpperCase(),
    required: arg.required === true,
    multiple: arg.multiple === true,
    ...(options.length > 0 && {options}),
    description: line(linesOf(arg.description, render)),
  }
}

/** The placeholder for the value in its help. */
function valueName(given: unknown, name: string, options: readonly string[]): string {
  const own = listOf(given).map(line).join(' ')
  if (own !== '') return own
  const all = options.join('|')
  return all !== '' && all.length <= 24 ? all : name.replaceAll('-', '_').toUpperCase()
}

function visible(value: unknown): [string, Record<string, unknown>][] {
  return Object.entries(asRecord(value) ?? {}).flatMap(([key, part]) => {
    const fields = asRecord(part)
    return fields === undefined || fields.hidden === true ? [] : [[key, fields]]
  })
}

/** An example is a text, or a command with a description. */
function examplesOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((example) => {
    const {description, command} = asRecord(example) ?? {}
    const text = asText(example) ?? asText(command)
    if (text === undefined) return []
    return asText(description) === undefined ? text : `${asText(description)}\n${text}`
  })
}

function listOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.filter((text) => typeof text === 'string')
}

function linesOf(value: unknown, render: (text: string) => string): string {
  return printableLines(withoutEscapeSequences(render(asText(value) ?? ''))).trim()
}

function spaced(id: string): string {
  return line(id.replaceAll(':', ' '))
}

function line(text: string): string {
  return printable(withoutEscapeSequences(text), 1000)
}
