import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {forceAdvice, displayFor, skillOutcomesText} from '../skills-text.js'
import {composeSkills} from '../compose.js'
import {logChanges} from '../log-changes.js'
import {SKILL_HOST_IDS, USUAL_HOST_IDS} from '../domain/skill-hosts.js'
import {fellShort} from '../domain/skill-plan.js'

export default class SkillsInstall extends MogplexCommand {
  static override summary = 'Install skills of plugins where agent hosts look for them.'
  static override description = `Without NAME, those of mogplex itself; a skill of another author is installed only by name. Without --host, for every host: into .agents/skills, which most of them read, and .claude/skills. An outdated copy is updated. A copy that was edited, or that mogplex did not install, is left as it is without --force. The tools that a skill wants to use without asking (allowed-tools) are shown.

With --json, one line a skill and folder.

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
    project: Flags.boolean({description: 'For the project of the current folder.'}),
    host: Flags.option({
      options: SKILL_HOST_IDS,
      multiple: true,
      multipleNonGreedy: true,
      description: 'Only where this host looks; may be given more than once.',
    })(),
    force: Flags.boolean({
      description: 'Also replace copies that were edited, or that mogplex did not install.',
    }),
    'dry-run': Flags.boolean({description: 'Say what would be done, without doing it.'}),
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
    if (!dryRun) await logChanges(await this.session(), outcomes)
    const display = displayFor({home: this.config.home, argv: this.argv})
    const nothing = 'No installed plugin contributes a skill.'
    this.log(skillOutcomesText(outcomes, dryRun, nothing, display))
    this.logJsonLines(outcomes)
    if (!outcomes.some(fellShort)) return
    process.exitCode = 1
    const advice = forceAdvice(outcomes, 'replaces')
    if (advice !== undefined) this.logToStderr(advice)
  }
}
