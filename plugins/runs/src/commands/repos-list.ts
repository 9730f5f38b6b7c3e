import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args} from '@oclif/core'
import {listRepositories, MAX_LISTED} from '../services/repositories.js'
import {noteRepositories} from '../services/note-repositories.js'
import {repositoriesText} from '../text/tables.js'
import {tell} from '../tell.js'

export default class ReposList extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'List the repositories that Mogplex may work on.'
  static override description = `With --json, one repository a line, as the service gives it.

EXIT CODES
  0   listed, even when the list is empty
  2   the command line or a setting is invalid
  64  not signed in, or the server rejects the credential
  69  the server cannot be reached, or its answer is not understood
  75  too many requests; try later`
  static override completes = {TEXT: 'repositories'}
  static override enableJsonFlag = true
  static override examples = ['<%= config.bin %> repos list', '<%= config.bin %> repos list engine']
  static override args = {
    TEXT: Args.string({
      required: false,
      description: 'Only those whose name contains this.',
    }),
  }

  async run(): Promise<void> {
    const {args} = await this.parse(ReposList)
    const session = await this.session()
    const repositories = await listRepositories(session, {q: args.TEXT})
    await noteRepositories(session, repositories)
    if (this.jsonEnabled()) this.logJsonLines(repositories.map(({given}) => given))
    else if (repositories.length === 0) tell(noneText(args.TEXT))
    else this.log(repositoriesText(repositories, {now: new Date()}))
    if (repositories.length < MAX_LISTED) return
    tell(`The service lists ${MAX_LISTED} repositories at most: name a part of what you look for.`)
  }
}

function noneText(text: string | undefined): string {
  return text === undefined
    ? 'Mogplex has access to no repository of this account yet.'
    : 'No repository has that in its name.'
}
