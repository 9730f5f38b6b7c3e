import {Args, Flags} from '@oclif/core'
import {ChangeSkills, PLACE_FLAGS} from './change-skills.js'
import {composeSkills} from '../compose.js'
import {SKILL_HOST_IDS} from '../domain/skill-hosts.js'

export default class SkillsRemove extends ChangeSkills {
  static override summary = 'Remove skills that were installed for agent hosts.'
  static override description = `Without NAME, all that mogplex installed; without --host, from every host. A copy that was edited, or that mogplex did not install, is left as it is without --force.

With --json, one line for each skill and folder.

EXIT CODES
  0  removed, or not installed
  1  something was left as it is, or could not be removed; the rest is done
  2  the command line is invalid, or there is no skill of that name`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> skills remove',
    '<%= config.bin %> skills remove mogplex-auth --project',
    '<%= config.bin %> skills remove --dry-run',
  ]
  static override args = {
    NAME: Args.string({description: 'Only these skills.', multiple: true, required: false}),
  }
  static override flags = {
    user: Flags.boolean({
      description: 'For this user: the default.',
      exclusive: ['project'],
    }),
    ...PLACE_FLAGS,
    force: Flags.boolean({
      description: 'Also remove copies that were edited, or that mogplex did not install.',
    }),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SkillsRemove)
    const skills = await composeSkills(this.config)
    const dryRun = flags['dry-run']
    const outcomes = skills.remove({
      names: args.NAME ?? [],
      force: flags.force,
      dryRun,
      scope: flags.project ? 'project' : 'user',
      hosts: flags.host ?? SKILL_HOST_IDS,
    })
    await this.tell(outcomes, {
      dryRun,
      nothing: 'Nothing is installed there that mogplex could remove.',
      forceDoes: 'removes',
    })
  }
}
