import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {completionScript, INSTALLING, SHELLS} from '../host/completion/scripts.js'

export default class Completion extends MogplexCommand {
  static override summary = 'Print the script that lets Tab complete commands.'
  static override description = `Completes commands (those of plugins included), flags, their values, models of the last sync and runs that you attached to, without network. At a terminal it says how to install the script.

EXIT CODES
  0  printed
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> completion bash',
    '<%= config.bin %> completion zsh',
    '<%= config.bin %> completion fish',
  ]
  static override args = {
    SHELL: Args.string({description: 'The shell.', options: [...SHELLS], required: true}),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(Completion)
    const shell = SHELLS.find((each) => each === args.SHELL) ?? 'bash'
    const script = completionScript(this.config.root, shell)
    if (this.jsonEnabled()) return {shell, script}
    process.stdout.write(script)
    // Output to a file or an `eval` means that the user knows how to install it.
    if (process.stdout.isTTY && process.stderr.isTTY) this.logToStderr(`\n${INSTALLING[shell]}`)
    return undefined
  }
}
