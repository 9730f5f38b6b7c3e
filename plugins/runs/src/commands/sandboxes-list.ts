import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {findRepository, repositoryNames} from '../services/repositories.js'
import {listSandboxes} from '../services/sandboxes.js'
import {sandboxesText} from '../text/tables.js'
import {tell} from '../tell.js'

export default class SandboxesList extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'List the sandboxes in which runs work.'
  static override description = `With --json, one sandbox a line, as the service gives it.

EXIT CODES
  0   listed, even when the list is empty
  1   there is no such repository for this account
  2   the command line or a setting is invalid
  64  not signed in, or the server rejects the credential
  65  the credential may not do this
  69  the server cannot be reached, or its answer is not understood
  75  too many requests; try later`
  static override completes = {'--repo': 'repositories'}
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> sandboxes list',
    '<%= config.bin %> sandboxes list --repo ada/analytical-engine --status running',
  ]
  static override flags = {
    repo: Flags.string({
      description: 'Only those of this repository.',
      helpValue: 'ID|OWNER/NAME',
    }),
    status: Flags.string({
      description: 'Only those with this status, such as running.',
      helpValue: 'STATUS',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(SandboxesList)
    const session = await this.session()
    const {repo, status} = flags
    const repository = repo === undefined ? undefined : await findRepository(session, repo)
    const sandboxes = await listSandboxes(session, {repoId: repository?.id, status})
    if (this.jsonEnabled()) {
      this.logJsonLines(sandboxes.map(({given}) => given))
    } else if (sandboxes.length === 0) {
      tell('No such sandbox was found.')
    } else {
      this.log(sandboxesText(sandboxes, await repositoryNames(session), {now: new Date()}))
    }
  }
}
