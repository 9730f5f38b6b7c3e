import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {UsageError} from './usage.js'

/** Something that a plugin contributes does not work: exit 1. */
export class PluginFailedError extends MogplexError {
  readonly code = 'PLUGIN_FAILED'
  readonly exitCode = ExitCode.Failed
  readonly remedy: string

  /** @param what - as in "the plugin … failed: …" */
  constructor(plugin: string, what: string) {
    super(`The plugin ${plugin} failed: ${what.replace(/\.$/, '')}.`)
    this.remedy = `Ask its author, or run \`mogplex plugins uninstall ${plugin}\`.`
  }
}

/** A plugin command that is left out until Node is updated: exit 1. */
export class PluginNeedsNodeError extends MogplexError {
  readonly code = 'PLUGIN_NEEDS_NODE'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Update Node, then run it again.'

  /** @param reason - as in "it needs Node …" */
  constructor(command: string, plugin: string, reason: string) {
    super(
      `\`mogplex ${command}\` is a command of the plugin ${plugin}, which is left out: ${reason}.`,
    )
  }
}

/** No plugin of this name is installed, linked or available: exit 2. */
export class UnknownPluginError extends UsageError {
  override readonly code = 'UNKNOWN_PLUGIN'
}

/** The package that was to be installed or linked is not a plugin: exit 2. */
export class NotAPluginError extends UsageError {
  override readonly code = 'NOT_A_PLUGIN'

  /** @param what - its name or its folder */
  constructor(what: string) {
    super(
      `${what} is not a plugin: its package.json has neither "oclif" nor "mogplex".`,
      'Ask its author, or see https://oclif.io/docs/plugins for what a plugin is.',
    )
  }
}

/** npm failed at what it was asked to do: exit 1. */
export class NpmFailedError extends MogplexError {
  readonly code = 'NPM_FAILED'
  readonly exitCode = ExitCode.Failed

  constructor(
    message: string,
    readonly remedy = 'Run it again with --verbose to see all output of npm.',
  ) {
    super(message)
  }
}

/** A plugin would store more than it may: exit 1; what it stored before stays. */
export class KeptTooMuchError extends MogplexError {
  readonly code = 'KEPT_TOO_MUCH'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'This is a bug of the plugin: report it to its author.'

  constructor(most: number) {
    super(`A plugin may store at most ${most} characters for an account.`)
  }
}

/** A plugin asks a person to choose where no terminal is available: exit 2. */
export class NotInteractiveError extends UsageError {
  override readonly code = 'NOT_INTERACTIVE'

  /** @param question - printable */
  constructor(question: string) {
    super(
      `Nobody can answer here: ${question}`,
      'Run it at a terminal, or give the answer on the command line.',
    )
  }
}
