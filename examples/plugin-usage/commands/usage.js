import {MogplexCommand} from '@mogplex/plugin-kit'
import {countUsage, usageText} from '../usage.js'

export default class Usage extends MogplexCommand {
  static auth = 'account'
  static summary = 'Count what the account may use.'
  static enableJsonFlag = true

  async run() {
    await this.parse(Usage)
    const usage = await countUsage(await this.session())
    this.log(usageText(usage))
    return usage
  }
}
