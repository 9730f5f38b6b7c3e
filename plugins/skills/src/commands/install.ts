import {Args, Flags} from '@oclif/core'
import {ChangeSkills, PLACE_FLAGS} from './change-skills.js'
import {composeSkills} from '../compose.js'
import {USUAL_HOST_IDS} from '../domain/skill-hosts.js'

export default class SkillsInstall extends ChangeSkills {
  static override summary = 'Install skills of plugins where agent hosts look for them.'
  static override description = `Without NAME, those of mogplex itself; a skill of another author is installed only by name. Without --host, for every host: into .agents/skills, which most of them read, and .claude/skills. An outdated copy is updated. A copy that was edited, or that mogplex did not install, is left as it is without --force. The tools that a skill wants to use without asking (allowed-tools) are shown.

With --json, one line for each skill and folder.

EXIT CODES
  0  installed, or up to date
  1  something was left as it is, or could not be installed; the rest is done
  2  the command line is invalid, or no plugin contributes that skill`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> skills install',
    '<%= config.bin %> skills install mogplex-auth --project',
    '<%= config.bin %> skills install --host cursor --host gemini',
    '<%= config.bin %> skills install --dry-run',
  ]
  static override args = {
    NAME: Args.string({
      description: 'Only these skills; by default those of mogplex itself.',
      multiple: true,
      required: false,
    }),
  }
  static override flags = {
    user: Flags.boolean({
      description: 'For this user, in every project: the default.',
      exclusive: ['project'],
    }),
    ...PLACE_FLAGS,
    force: Flags.boolean({
      description: 'Also replace copies that were edited, or that mogplex did not install.',
    }),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SkillsInstall)
    const skills = await composeSkills(this.config)
    const dryRun = flags['dry-run']
    const outcomes = skills.install({
      names: args.NAME ?? [],
      force: flags.force,
      dryRun,
      scope: flags.project ? 'project' : 'user',
      hosts: flags.host ?? USUAL_HOST_IDS,
    })
    await this.tell(outcomes, {
      dryRun,
      nothing: 'No installed plugin contributes a skill.',
      forceDoes: 'replaces',
    })
  }
}
