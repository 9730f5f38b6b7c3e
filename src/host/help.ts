import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Command, Help as OclifHelp, type Interfaces} from '@oclif/core'
import {commandHelp} from '../app/help/command-help.js'
import {type CommandFacts, factsOf} from '../app/help/command-facts.js'
import {HELP_PAGES} from '../app/help/help-pages.js'
import type {PageDisplayOptions} from '../app/help/help-page.js'
import {markdownText} from '../app/help/markdown-text.js'
import {groupOf, rootFlags, rootHelp} from '../app/help/root-help.js'
import {unknownCommand} from '../domain/errors/unknown-command.js'
import {printable} from '../domain/text/printable.js'
import {paletteFor, wantsColour} from '../terminal/palette.js'
import {sizeOf} from '../terminal/size.js'
import {commandForNewerNode} from './plugins/newer-node.js'
import {BARE_COMMAND, wantsJson} from './argv.js'
import type {CliConfig} from './cli-config.js'

const PAGES: readonly string[] = HELP_PAGES.map(({name}) => name)
const WIDEST = 100

/** The help: an overview of commands, a single command, and the pages of docs/; also in JSON. */
export default class Help {
  readonly config: Interfaces.Config

  constructor(config: Interfaces.Config) {
    this.config = config
  }

  /** oclif calls this for a command whose `--help` flag is given. */
  async showCommandHelp({id}: {id: string}): Promise<void> {
    return this.showHelp([id])
  }

  /** @throws {UsageError} exit 2, for an unknown command */
  async showHelp(argv: string[]): Promise<void> {
    const json = wantsJson(argv, process.env)
    const words = wordsOf(argv)
    const [page, ...more] = words
    if (page === undefined || page === BARE_COMMAND) {
      this.#print(
        json,
        () => this.#rootJson(),
        (display) => this.#rootText(display),
      )
    } else if (more.length === 0 && PAGES.includes(page)) {
      const markdown = readFileSync(join(this.config.root, 'docs', `${page}.md`), 'utf8')
      this.#print(
        json,
        () => ({page, text: markdown}),
        (display) => markdownText(markdown, display),
      )
    } else await this.#showSubject(words, json)
  }

  async #showSubject(words: readonly string[], json: boolean): Promise<void> {
    const {id, isCommand} = this.#find(words)
    const below = this.#below(id)
    const found = isCommand ? this.config.findCommand(id) : undefined
    const command = found?.hasDynamicHelp === true ? await this.#withDefaults(found) : found
    const facts = command === undefined ? this.#topicFacts(id) : this.#factsOf(command)
    this.#print(
      json,
      () => (below.length === 0 ? facts : {...facts, commands: below}),
      (display) => commandHelp(facts, below, display),
    )
  }

  async #withDefaults(command: Command.Loadable): Promise<Command.Loadable> {
    const {withDynamicDefaults} = await import('./plugins/dynamic-help.js')
    const {custody} = this.config as Interfaces.Config & Partial<Pick<CliConfig, 'custody'>>
    return withDynamicDefaults(command, custody)
  }

  /** The longest prefix that is a command or a topic; words after it must be its arguments. */
  #find(words: readonly string[]): {id: string; isCommand: boolean} {
    const {config} = this
    for (let length = words.length; length > 0; length -= 1) {
      const id = words.slice(0, length).join(':')
      const command = config.findCommand(id)
      if (length < words.length && (command === undefined || !takesWords(command))) continue
      if (command !== undefined) return {id, isCommand: true}
      if (config.findTopic(id) !== undefined) return {id, isCommand: false}
    }
    const waiting = commandForNewerNode(words.join(':'), config.dataDir)
    if (waiting !== undefined) throw waiting
    const shown = [...this.#visible().map(({id}) => spaced(id)), ...PAGES]
    const names = ['help', ...shown.map((name) => `help ${name}`)]
    const what = `command or page "${printable(words.join(' '), 60)}"`
    throw unknownCommand(['help', ...words], names, what)
  }

  #factsOf(command: Command.Loadable): CommandFacts {
    const {pluginName = '', pluginType} = command
    const isTheirs = pluginType !== undefined && pluginType !== 'core'
    return {
      ...factsOf(command, (text) => this.#render(text)),
      ...(isTheirs && {plugin: printable(pluginName, 100)}),
    }
  }

  #topicFacts(id: string): CommandFacts {
    const topic = this.config.findTopic(id)
    const facts = factsOf({...topic, id}, (text) => this.#render(text))
    const plugin = this.#visible().find((each) => each.id.startsWith(`${id}:`))
    const owner = plugin === undefined ? {} : {plugin: this.#factsOf(plugin).plugin}
    const usage = [`${facts.command} COMMAND [FLAGS]`]
    return {...facts, usage, ...(owner.plugin !== undefined && {plugin: owner.plugin})}
  }

  /** The commands and topics below one; aliases only where there is nothing else. */
  #below(id: string): CommandFacts[] {
    const depth = id.split(':').length + 1
    const all = this.#visible().filter(
      (each) => each.id.startsWith(`${id}:`) && each.id.split(':').length === depth,
    )
    const own = all.filter((each) => !isAlias(each))
    return (own.length > 0 || this.config.findCommand(id) !== undefined ? own : all).map((each) =>
      this.#factsOf(each),
    )
  }

  #visible(): Command.Loadable[] {
    const visible = this.config.commands.filter(({hidden}) => !hidden)
    return visible.sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  /** The entries of the first page: commands of one word, and topics that are not commands. */
  #first(): CommandFacts[] {
    const commands = this.#visible().filter(({id}) => !id.includes(':'))
    const topics = this.config.topics.filter(
      ({name, hidden}) => !hidden && !name.includes(':') && commands.every(({id}) => id !== name),
    )
    return [
      ...commands.map((command) => this.#factsOf(command)),
      ...topics.map(({name}) => this.#topicFacts(name)),
    ]
  }

  #bare(): CommandFacts {
    const command = this.config.findCommand(BARE_COMMAND, {must: true})
    return {...this.#factsOf(command), command: ''}
  }

  #rootText(display: PageDisplayOptions): string {
    const intro = `${this.config.pjson.description ?? ''}.`
    return rootHelp(intro, this.#bare(), this.#first(), display)
  }

  #rootJson(): object {
    const {summary, ...bare} = this.#bare()
    const all = this.#visible().filter((each) => !isAlias(each))
    return {
      name: this.config.bin,
      version: this.config.version,
      summary,
      flags: rootFlags({summary, ...bare}),
      pages: HELP_PAGES,
      commands: all.map((command) => {
        const facts = this.#factsOf(command)
        return {...facts, group: groupOf(facts)}
      }),
    }
  }

  #render(text: string): string {
    const own = text.replaceAll('<%= config.bin %>', this.config.bin)
    if (!own.includes('<%')) return own // the template renderer is slow to load
    try {
      return new OclifHelp(this.config).render(own)
    } catch {
      return text // a mistake in a plugin's text
    }
  }

  #print(json: boolean, value: () => object, text: (display: PageDisplayOptions) => string): void {
    const {stdout, argv, env} = process
    const display = {
      palette: paletteFor(wantsColour(stdout, env, argv)),
      columns: Math.min(sizeOf(stdout).columns, WIDEST),
    }
    stdout.write(`${json ? JSON.stringify(value()) : text(display)}\n`)
  }
}

/** The words of the topic, with or without `help` before them. */
function wordsOf(argv: readonly string[]): string[] {
  const others = argv.filter((word) => word !== '--help' && word !== '-h')
  const end = others.findIndex((word) => word.startsWith('-'))
  const words = others.slice(0, end === -1 ? undefined : end).flatMap((word) => word.split(':'))
  return words[0] === 'help' && words.length > 1 ? words.slice(1) : words
}

/** oclif lists a command under each of its aliases, too. */
function isAlias({id, aliases = []}: {id: string; aliases?: readonly string[]}): boolean {
  return aliases.includes(id)
}

function takesWords({strict, args = {}}: {strict?: boolean | undefined; args?: object}): boolean {
  return strict === false || Object.keys(args).length > 0
}

function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
