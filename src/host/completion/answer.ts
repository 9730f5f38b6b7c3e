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

/** Sources of values that no manifest contains: those of a flag or an arg of a command. */
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
/** Our lists, by their names for plugins. */
const LISTS = new Map<string, Source>([
  ['models', models],
  ['runs', runs],
])
/** Args and flags of these names are files. */
const IS_FILE = /(?:^|[ _-])(?:FILE|FOLDER|PATH)$/i

/**
 * The answer to a completion script at each Tab: one candidate per line, followed by a tab and its
 * description. No hook runs, no network is used, and failures yield no candidates.
 *
 * @param words - the words after `mogplex`, up to the cursor
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

/** The account whose models and runs are offered. */
function namedIn(words: readonly string[], config: CliConfig): string | undefined {
  try {
    return takeProfile(takeLeadingProfile(words), config).profile
  } catch {
    return undefined
  }
}

/** A topic: not a command, but has commands below it; with its summary. */
function topicsOf(shown: readonly Command.Loadable[], {topics}: CliConfig) {
  return topics
    .filter(({hidden}) => !hidden)
    .filter(({name}) => shown.some(({id}) => id.startsWith(`${name}:`)))
    .filter(({name}) => shown.every(({id}) => id !== name))
    .map(({name, description = ''}) => [name.replaceAll(':', ' '), description] as const)
}

/** The `static completes` of a plugin's command, from its manifest. */
function declared(config: CliConfig, name: string, value: string): Source | undefined {
  const command = config.findCommand(name.replaceAll(' ', ':'))
  const list = asRecord(fieldOf(command, 'completes'))?.[value]
  if (typeof list !== 'string') return undefined
  return LISTS.get(list) ?? (async () => keptBy(config, command?.pluginName ?? '', list))
}

/** Texts that a plugin stores. */
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

/** oclif lists the same command again under each alias. */
function ownId({id}: Command.Loadable, config: CliConfig): string {
  const own = config.commands.find(
    (each) => each.id !== id && [each.aliases, each.hiddenAliases].flat().includes(id),
  )
  return own?.id ?? id
}

/** The runs that the account attached to. */
async function runs(config: CliConfig): Promise<string[]> {
  return withoutSecrets(
    compose(config)
      .attachedRuns()
      .map(({id}) => id),
    config,
  )
}

/** From the last sync; none before the first sync. */
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

/** They come from files that anybody may have edited. */
async function withoutSecrets(texts: readonly string[], config: CliConfig): Promise<string[]> {
  if (texts.length === 0) return []
  const redact = await compose(config).redaction()
  return texts.filter((text) => redact(text) === text)
}
