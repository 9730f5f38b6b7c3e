import {UsageError} from './usage.js'

/** No installed plugin contributes a skill of this name: exit 2. */
export class UnknownSkillError extends UsageError {
  override readonly code = 'UNKNOWN_SKILL'

  /** @param name - printable */
  constructor(name: string) {
    super(
      `No installed plugin contributes a skill ${JSON.stringify(name)}.`,
      'Run `mogplex skills` to see which there are.',
    )
  }
}
