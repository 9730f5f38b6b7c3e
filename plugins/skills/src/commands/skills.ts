import {MogplexCommand} from '@mogplex/plugin-kit'
import {displayFor, skillsText} from '../skills-text.js'
import {composeSkills} from '../compose.js'

export default class Skills extends MogplexCommand {
  static override summary = 'List the skills that plugins contribute to agent hosts.'
  static override description = `A skill is a folder with a SKILL.md (agentskills.io) that Claude Code, Codex, Cursor, Gemini CLI, GitHub Copilot, OpenCode, Windsurf and other agents read. The list says where a copy is installed, for the user and for the project of the current folder, and whether it was edited since.

With --json, one skill a line.

EXIT CODES
  0  listed, even when the list is empty
  1  there is no home folder
  2  the command line is invalid`
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> skills', '<%= config.bin %> skills --json']

  async run(): Promise<void> {
    await this.parse(Skills)
    const all = (await composeSkills(this.config)).list()
    this.log(skillsText(all, displayFor({home: this.config.home, argv: this.argv})))
    this.logJsonLines(all)
  }
}
