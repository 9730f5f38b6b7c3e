import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** What a plugin contributes does not work: exit 1. */
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
