import type {Command} from '@oclif/core'
import {factsOf} from '../../app/help/command-facts.js'
import {rootFlags} from '../../app/help/root-help.js'
import {compose} from '../../compose.js'
import {takeLeadingProfile} from '../../domain/settings/global-flags.js'
import {asRecord} from '../../domain/text/json.js'
import {printable} from '../../domain/text/printable.js'
import {fieldOf} from '../../domain/text/thrown.js'
import {BARE_COMMAND} from '../argv.js'
import type {CliConfig} from '../cli-config.js'
import {takeProfile} from '../profile-flag.js'
import {complete, FILES} from './complete.js'

type Source = (config: CliConfig) => Promise<readonly string[]>

/** Where values come from that no manifest names: those of a flag or an arg of a command. */
const SOURCES: Readonly<Record<string, Source>> = {
  'GLOBAL --profile': profiles,
  ' --attach': runs,
  ' --model': models,
  'attach RUN': runs,
  'models TEXT': models,
  'plugins inspect NAME': plugins,
  'plugins uninstall NAME': plugins,
  'profiles pin NAME': profiles,
  'profiles remove NAME': profiles,
  'profiles use NAME': profiles,
}
/** Lists of ours, by the names that plugins have for them. */
const LISTS = new Map<string, Source>([
  ['models', models],
  ['runs', runs],
])
/** What is called so is a file. */
const IS_FILE = /(?:^|[ _-])(?:FILE|FOLDER|PATH)$/i

/**
 * What the script of a shell asks for at each Tab: a candidate a line, behind a tab what it is. No
 * hook runs for it, nothing is asked over the network, and what fails offers nothing.
 *
 * @param words - what was typed behind `mogplex`, up to the cursor
 */
export async function answerCompletion(
  words: readonly string[],
  config: CliConfig,
): Promise<string> {
  config.profile = namedIn(words.slice(0, -1), config)
  const shown = config.commands.filter(({hidden}) => !hidden)
  const candidates = await complete(words, {
    names: new Map([
      ...shown.map(({id, summary = ''}) => [id.replaceAll(':', ' '), summary] as const),
      ...topicsOf(shown, config),
    ]),
    facts(name) {
      const command = config.findCommand(name === '' ? BARE_COMMAND : name.replaceAll(' ', ':'))
      if (command === undefined) return undefined
      const facts = factsOf({...command, id: ownId(command, config)}, (text) => text)
      return name === '' ? {...facts, command: '', flags: rootFlags(facts)} : facts
    },
    async values(command, name) {
      if (IS_FILE.test(name)) return [FILES]
      const source = SOURCES[`${command} ${name}`] ?? declared(config, command, name)
      return (await source?.(config).catch(() => [])) ?? []
    },
  })
  const lines = candidates.map(({value, about = ''}) => `${value}\t${printable(about, 100)}`)
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/** Whose models and runs are wanted. */
function namedIn(words: readonly string[], config: CliConfig): string | undefined {
  try {
    return takeProfile(takeLeadingProfile(words), config).profile
  } catch {
    return undefined
  }
}

/** What is not a command, and has some below it, with what is said of it. */
function topicsOf(shown: readonly Command.Loadable[], {topics}: CliConfig) {
  return topics
    .filter(({hidden}) => !hidden)
    .filter(({name}) => shown.some(({id}) => id.startsWith(`${name}:`)))
    .filter(({name}) => shown.every(({id}) => id !== name))
    .map(({name, description = ''}) => [name.replaceAll(':', ' '), description] as const)
}

/** What the command of a plugin says itself, in its manifest: `static completes`. */
function declared(config: CliConfig, name: string, value: string): Source | undefined {
  const command = config.findCommand(name.replaceAll(' ', ':'))
  const list = asRecord(fieldOf(command, 'completes'))?.[value]
  if (typeof list !== 'string') return undefined
  return LISTS.get(list) ?? (async () => keptBy(config, command?.pluginName ?? '', list))
}

/** Texts that a plugin keeps. */
async function keptBy(config: CliConfig, plugin: string, list: string): Promise<string[]> {
  const {name, version} = config.plugins.get(plugin) ?? {}
  if (name === undefined || version === undefined) return []
  const kept = await compose(config).pluginSession({name, version}).kept(list)
  const all: readonly unknown[] = Array.isArray(kept) ? kept : []
  return withoutSecrets(
    all.filter((each) => typeof each === 'string'),
    config,
  )
}

/** By an alias, oclif has the same command once more. */
function ownId({id}: Command.Loadable, config: CliConfig): string {
  const own = config.commands.find(
    (each) => each.id !== id && [each.aliases, each.hiddenAliases].flat().includes(id),
  )
  return own?.id ?? id
}

/** Those that the account has attached to. */
async function runs(config: CliConfig): Promise<string[]> {
  return withoutSecrets(
    compose(config)
      .attachedRuns()
      .map(({id}) => id),
    config,
  )
}

/** Of the last sync; none where there was none. */
async function models(config: CliConfig): Promise<string[]> {
  const {entries} = await compose(config).hosted.models({refresh: false})
  return withoutSecrets(
    entries.map(({id}) => id),
    config,
  )
}

async function profiles(config: CliConfig): Promise<readonly string[]> {
  return Promise.resolve(compose(config).profileNames())
}

async function plugins({plugins: all}: CliConfig): Promise<string[]> {
  const theirs = [...all.values()].filter(({type}) => type !== 'core')
  return Promise.resolve(theirs.map(({name}) => name))
}

/** Files hold them that anybody may have edited. */
async function withoutSecrets(texts: readonly string[], config: CliConfig): Promise<string[]> {
  if (texts.length === 0) return []
  const redact = await compose(config).redaction()
  return texts.filter((text) => redact(text) === text)
}
