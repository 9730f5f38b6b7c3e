import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {SKILL_HOST_IDS} from '../domain/skill-hosts.js'
import {fellShort, type SkillOutcome} from '../domain/skill-plan.js'
import {logChanges} from '../log-changes.js'
import {displayFor, forceAdvice, skillOutcomesText} from '../skills-text.js'

/** Selects copies, besides --user. */
export const PLACE_FLAGS = {
  project: Flags.boolean({description: 'For the project of the current folder.'}),
  host: Flags.option({
    options: SKILL_HOST_IDS,
    multiple: true,
    multipleNonGreedy: true,
    description: 'Only where this host looks; may be given more than once.',
  })(),
  'dry-run': Flags.boolean({description: 'Say what would be done, without doing it.'}),
}

interface Telling {
  readonly dryRun: boolean
  /** The message when there was nothing to do. */
  readonly nothing: string
  /** The effect of --force on skipped skills. */
  readonly forceDoes: string
}

/** Shared by `mogplex skills install` and `mogplex skills remove`. */
export abstract class ChangeSkills extends MogplexCommand {
  /** Prints what happened to each skill in each folder; exit code 1 where anything was not done. */
  protected async tell(
    outcomes: readonly SkillOutcome[],
    {dryRun, nothing, forceDoes}: Telling,
  ): Promise<void> {
    if (!dryRun) await logChanges(await this.session(), outcomes)
    const display = displayFor({home: this.config.home, argv: this.argv})
    this.log(skillOutcomesText(outcomes, dryRun, nothing, display))
    this.logJsonLines(outcomes)
    if (!outcomes.some(fellShort)) return
    process.exitCode = 1
    const advice = forceAdvice(outcomes, forceDoes)
    if (advice !== undefined) this.logToStderr(advice)
  }
}
