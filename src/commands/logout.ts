import {MogplexCommand} from '@mogplex/plugin-kit'
import {Flags} from '@oclif/core'
import {receiptText} from '../app/receipt-text.js'
import {showingOn} from '../app/showing.js'
import {fit} from '../app/wrap.js'
import {compose} from '../compose.js'
import {PROVIDERS} from '../domain/provider-table.js'
import type {Receipt} from '../domain/receipt.js'

const IDS = PROVIDERS.map(({id}) => id)

export default class Logout extends MogplexCommand {
  static override summary = 'Sign out, and say what was removed and what is left.'
  static override description = `Removes the stored login and revokes it at the server, where the server offers a way to. What is in shell variables stays there, and the receipt says so.

EXIT CODES
  0    signed out, or nobody was signed in
  1    auth.json cannot be read or written
  2    the command line makes no sense
  130  interrupted; what was removed by then stays removed`
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
    all: Flags.boolean({description: 'Remove every stored credential of ours.'}),
  }

  async run(): Promise<Receipt> {
    const {flags} = await this.parse(Logout)
    const {env, logOut} = compose(this.config)
    const receipt = await logOut(flags.all ? IDS : [flags.provider ?? 'mogplex'])
    const showing = showingOn(process.stdout, env, this.argv)
    this.log(fit(receiptText(receipt, showing), process.stdout))
    return receipt
  }
}
