import SkillsInstall from './commands/install.js'
import SkillsRemove from './commands/remove.js'
import Skills from './commands/skills.js'

/** The commands for oclif, by `oclif.commands` in package.json. */
export const commands = {
  skills: Skills,
  'skills:install': SkillsInstall,
  'skills:remove': SkillsRemove,
}
