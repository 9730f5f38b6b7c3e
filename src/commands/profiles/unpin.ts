import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {chosenByText, shortPath} from '../../app/names.js'
import {compose} from '../../compose.js'
import {tildeFolder} from '../../domain/platform/shell.js'

export default class ProfilesUnpin extends MogplexCommand {
  static override summary = 'Remove the pin of this folder or of another one.'
  static override description = `Says which profile is used here from then on.

EXIT CODES
  0   removed, or there was none
  1   profiles.json cannot be written
  2   the command line is invalid
  75  another mogplex is writing profiles.json; try later`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> profiles unpin',
    '<%= config.bin %> profiles unpin ~/work',
  ]
  static override args = {
    FOLDER: Args.string({
      description: 'Another folder, even one that is gone: as `mogplex profiles` lists it.',
      required: false,
    }),
  }

  async run(): Promise<unknown> {
    const {args} = await this.parse(ProfilesUnpin)
    const {env, profiles} = compose(this.config)
    const {folder, profile, choice} = await (await profiles()).unpin(args.FOLDER)
    const home = tildeFolder(env)
    const place = shortPath(folder, home)
    const done = profile === undefined ? 'is not pinned' : `is pinned to ${profile} no more`
    this.log(`${place} ${done}.`)
    const name = choice.name ?? 'none'
    this.logToStderr(`Here acts ${name}, ${chosenByText(choice.source, home)}.`)
    return {folder, unpinned: profile ?? null, profile: choice.name ?? null, source: choice.source}
  }
}
