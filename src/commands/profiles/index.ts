import {MogplexCommand} from '@mogplex/plugin-kit'
import {listDisplayFor} from '../../app/list-display.js'
import {profileListText, profileProblems} from '../../app/profile-list-text.js'
import {compose} from '../../compose.js'
import {NoProfilesHereError} from '../../domain/errors/profile.js'
import {profileRecord} from '../../domain/profile/listed-profile.js'
import {fit} from '../../terminal/wrap.js'

export default class Profiles extends MogplexCommand {
  static override summary = 'List the accounts that are kept here, each in a profile.'
  static override description = `The profile in use is the one of --profile, else MOGPLEX_PROFILE, else the pin of this folder or the nearest one above it, else \`mogplex profiles use\`; else default. \`mogplex login --profile NAME\` makes one.

With --json, one profile a line.

EXIT CODES
  0  listed
  2  the command line is invalid`
  static override aliases = ['profiles:list']
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> login --profile work',
    '<%= config.bin %> profiles',
    '<%= config.bin %> profiles --json',
  ]

  async run(): Promise<void> {
    await this.parse(Profiles)
    const {env, profiles} = compose(this.config)
    const {list, isOnlyOne} = await profiles()
    const all = list()
    this.log(profileListText(all, listDisplayFor(process.stdout, env, this.argv)))
    this.logJsonLines(all.map(profileRecord))
    const problems = profileProblems(all)
    const lines = isOnlyOne ? [...problems, new NoProfilesHereError().message] : problems
    for (const line of lines) this.logToStderr(fit(line, process.stderr))
  }
}
