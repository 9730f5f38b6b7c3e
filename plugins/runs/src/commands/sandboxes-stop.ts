import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {BrowserOnlyError} from '../domain/errors.js'

export default class SandboxesStop extends MogplexCommand {
  static override summary = 'Say where to stop a sandbox: in the browser only.'
  static override description = `The service does not let a CLI login or a key stop a sandbox, so nothing is sent. \`<%= config.bin %> runs cancel ID\` ends the run that uses one.

EXIT CODES
  0   said where, when no sandbox is named
  2   the command line or a setting is invalid
  65  it is not allowed here`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> sandboxes stop']
  static override args = {
    ID: Args.string({
      required: false,
      description: 'The id of the sandbox.',
    }),
  }

  async run(): Promise<{url: string}> {
    const {args} = await this.parse(SandboxesStop)
    const url = await (await this.session()).site()
    if (args.ID !== undefined) throw new BrowserOnlyError(url)
    this.log(`Sandboxes are stopped in the browser: ${url}`)
    return {url}
  }
}
