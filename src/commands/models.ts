import {MogplexCommand} from '@mogplex/plugin-kit'
import {Args, Flags} from '@oclif/core'
import {modelsText, noModelAccessText} from '../app/hosted-text.js'
import {LIST_INPUT, listDisplayFor, syncInterrupt, syncTeller} from '../app/list-display.js'
import {compose} from '../compose.js'
import {apiBaseUrl} from '../domain/network/api-address.js'

export default class Models extends MogplexCommand {
  static override auth = 'account' as const
  static override summary = 'List the models that the account may call.'
  static override description = `Answers from the copy of the last sync, without network; --refresh syncs first. With TEXT, only the models that contain each of its words.

With --json, one model a line; its prices are US dollars per token.

EXIT CODES
  0    listed; where the list is empty, it says what the account lacks
  1    nothing was synced yet
  2    the command line or a setting is invalid
  64   not signed in, or the server rejects the credential
  65   --refresh: the credential has no scope read
  69   --refresh: the server cannot be reached, its answer is not understood, or --timeout has passed
  75   --refresh: too many requests; try later
  130  interrupted`
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> models',
    '<%= config.bin %> models claude',
    '<%= config.bin %> models --refresh',
    '<%= config.bin %> models --json',
  ]
  static override args = {TEXT: Args.string(LIST_INPUT.text)}
  static override flags = {
    refresh: Flags.boolean(LIST_INPUT.refresh),
    timeout: Flags.integer(LIST_INPUT.timeout),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Models)
    const {env, hosted, session} = compose(this.config)
    const interrupt = syncInterrupt('mogplex models --refresh', flags)
    try {
      const listing = await hosted.models({
        refresh: flags.refresh,
        text: args.TEXT,
        signal: interrupt?.signal,
        tell: syncTeller(process.stderr, env, this.argv, this.jsonEnabled()),
      })
      const siteRoot = apiBaseUrl({type: listing.account.kind}, session.settings)
      if (!this.jsonEnabled()) {
        this.log(modelsText(listing, siteRoot, listDisplayFor(process.stdout, env, this.argv)))
        return
      }
      this.logJsonLines(listing.entries)
      if (listing.total === 0)
        process.stderr.write(`${noModelAccessText(siteRoot, {columns: undefined})}\n`)
    } finally {
      interrupt?.release()
    }
  }
}
