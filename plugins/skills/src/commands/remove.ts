import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {forceAdvice, displayFor, skillOutcomesText} from '../skills-text.js'
import {composeSkills} from '../compose.js'
import {logChanges} from '../log-changes.js'
import {SKILL_HOST_IDS} from '../domain/skill-hosts.js'
import {fellShort} from '../domain/skill-plan.js'

export default class SkillsRemove extends MogplexCommand {
  static override summary = 'Remove skills that were installed for agent hosts.'
  static override description = `Without NAME, all that mogplex installed; without --host, from every host. A copy that was edited, or that mogplex did not install, is left as it is without --force.

With --json, one line a skill and folder.

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
    project: Flags.boolean({description: 'For the project of the current folder.'}),
    host: Flags.option({
      options: SKILL_HOST_IDS,
      multiple: true,
      multipleNonGreedy: true,
      description: 'Only where this host looks; may be given more than once.',
    })(),
    force: Flags.boolean({
      description: 'Also remove copies that were edited, or that mogplex did not install.',
    }),
    'dry-run': Flags.boolean({description: 'Say what would be done, without doing it.'}),
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
    if (!dryRun) await logChanges(await this.session(), outcomes)
    const display = displayFor({home: this.config.home, argv: this.argv})
    const nothing = 'Nothing is installed there that mogplex could remove.'
    this.log(skillOutcomesText(outcomes, dryRun, nothing, display))
    this.logJsonLines(outcomes)
    if (!outcomes.some(fellShort)) return
    process.exitCode = 1
    const advice = forceAdvice(outcomes, 'removes')
    if (advice !== undefined) this.logToStderr(advice)
  }
}
