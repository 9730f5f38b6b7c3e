import {PROFILE_FLAG, takeLeadingProfile, withGlobalFlagsBehind} from '../settings/global-flags.js'

/** What a log records of a command line. */
interface CommandLine {
  /** As in `plugins install`; empty for bare `mogplex`. */
  readonly command: string
  /** Their names, without values. */
  readonly flags: readonly string[]
  /** The number of other words. */
  readonly words: number
}

const NAME = /^[a-z][a-z-]{0,30}$/
/** Its value may follow a short one directly: `-pTEXT`. */
const FLAG = /^(?:--[a-z][a-z-]{0,30}|-[a-z])(?==|$)/
/**
 * The first words of our commands and oclif's: after any other word, a second one may be anything.
 */
const TOPICS = new Set(['auth', 'login', 'logs', 'plugins', 'profiles', 'skills'])
const SECOND =
  /^(?:add|inspect|install|link|list|login|logout|pin|remove|reset|show|status|uninstall|unlink|unpin|update|use|verify)$/

/**
 * What may be recorded of a command line: the command, and which flags were given. Everything else
 * that was typed may be a prompt, or a misplaced key.
 *
 * @param typed - what was typed after `mogplex`
 */
export function commandLine(typed: readonly string[]): CommandLine {
  const {argv: others, named} = takeLeadingProfile(typed)
  const argv = withGlobalFlagsBehind(others)
  const [first = '', second = ''] = argv
  const words = NAME.test(first) ? [first] : []
  if (TOPICS.has(first) && SECOND.test(second)) words.push(second)
  const rest = argv.slice(words.length)
  const flags = rest.flatMap((word) => FLAG.exec(word)?.[0] ?? [])
  return {
    command: words.join(' '),
    flags: [...named.map(() => PROFILE_FLAG), ...flags],
    words: rest.length - flags.length,
  }
}
