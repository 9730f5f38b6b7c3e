import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {mayRemoveCopies} from '../app/confirm-copies.js'
import {receiptText} from '../app/receipt-text.js'
import {displayFor} from '../app/display.js'
import {fit} from '../terminal/wrap.js'
import {compose} from '../compose.js'
import {NotSignedOutError} from '../domain/errors/local-files.js'
import {PROVIDERS} from '../domain/credential/provider-table.js'
import {exitCodeOf, type Receipt, whyStillStored} from '../domain/credential/receipt.js'

const IDS = PROVIDERS.map(({id}) => id)

export default class Logout extends MogplexCommand {
  static override summary = 'Sign out, and say what was removed and what is left.'
  static override description = `Removes the stored login and revokes it at the server, where the server can do that. A step that fails does not stop the others. Shell variables stay as they are, and the receipt lists those that still sign in or pay. Copies beside auth.json (auth.json.broken-*, auth.json.foreign-*) may hold credentials: the receipt names them, and --all asks a person whether to remove them, too.

EXIT CODES
  0    signed out, or nobody was signed in
  1    a step failed, and the receipt says which; the others are done
  2    the command line is invalid
  75   another mogplex is writing auth.json; try later
  130  interrupted; what was removed by then stays removed`
  static override aliases = ['auth:logout']
  static override enableJsonFlag = true
  static override examples = [
    '<%= config.bin %> logout',
    '<%= config.bin %> logout --provider openai',
    '<%= config.bin %> logout --all --json',
  ]
  static override flags = {
    provider: Flags.option({
      options: IDS,
      description: 'Remove the stored key of this provider instead.',
      exclusive: ['all'],
    })(),
    all: Flags.boolean({description: 'Remove every stored credential of mogplex.'}),
  }

  async run(): Promise<Receipt> {
    const {flags} = await this.parse(Logout)
    const {env, logOut, authCopies} = compose(this.config)
    const removesCopies =
      flags.all &&
      this.interactive &&
      (await mayRemoveCopies(await authCopies(), process, 'mogplex logout --all'))
    const providers = flags.all ? IDS : [flags.provider ?? 'mogplex']
    const receipt = await logOut({providers, removesCopies})
    const display = displayFor(process.stdout, env, this.argv)
    this.log(fit(receiptText(receipt, display, providers), process.stdout))
    const failure = whyStillStored(receipt)
    if (failure !== undefined) throw new NotSignedOutError(failure)
    process.exitCode = exitCodeOf(receipt)
    return receipt
  }
}
