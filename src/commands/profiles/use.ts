import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {outrankedText} from '../../app/profile-text.js'
import {compose} from '../../compose.js'
import {requireProfileName} from '../../domain/errors/profile.js'

export default class ProfilesUse extends MogplexCommand {
  static override summary = 'Use a profile wherever nothing else chooses one.'
  static override description = `The choice holds in every terminal until you make another one. A pin, MOGPLEX_PROFILE and --profile outrank it.

EXIT CODES
  0   done
  1   profiles.json cannot be written
  2   the command line is invalid
  64  there is no such profile: nobody has signed in to it
  75  another mogplex is writing profiles.json; try later`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> profiles use work',
    '<%= config.bin %> profiles use default',
  ]
  static override args = {NAME: Args.string({description: 'The profile.', required: true})}

  async run(): Promise<unknown> {
    const {args} = await this.parse(ProfilesUse)
    const name = requireProfileName(args.NAME)
    const {profiles} = compose(this.config)
    const choice = await (await profiles()).use(name)
    this.log(`${name} acts from now on, where nothing else is chosen.`)
    const outranked = outrankedText(name, choice)
    if (outranked !== undefined) this.logToStderr(outranked)
    return {current: name, profile: choice.name ?? null, source: choice.source}
  }
}
