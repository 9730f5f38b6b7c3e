import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {shortPath} from '../../app/names.js'
import {outrankedText} from '../../app/profile-text.js'
import {compose} from '../../compose.js'
import {requireProfileName} from '../../domain/errors/profile.js'
import {tildeFolder} from '../../domain/platform/shell.js'

export default class ProfilesPin extends MogplexCommand {
  static override summary = 'Use a profile in this folder and below it.'
  static override description = `The pin is kept in your home, by the real path of the folder: a project's files cannot choose a profile. MOGPLEX_PROFILE and --profile outrank it.

EXIT CODES
  0   done
  1   profiles.json cannot be written
  2   the command line is invalid
  64  there is no such profile: nobody has signed in to it
  75  another mogplex is writing profiles.json; try later`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> profiles pin work']
  static override args = {NAME: Args.string({description: 'The profile.', required: true})}

  async run(): Promise<unknown> {
    const {args} = await this.parse(ProfilesPin)
    const name = requireProfileName(args.NAME)
    const {env, profiles} = compose(this.config)
    const {folder, choice} = await (await profiles()).pin(name)
    this.log(`${name} acts in ${shortPath(folder, tildeFolder(env))} and below it.`)
    const outranked = outrankedText(name, choice)
    if (outranked !== undefined) this.logToStderr(outranked)
    return {folder, pinned: name, profile: choice.name ?? null, source: choice.source}
  }
}
