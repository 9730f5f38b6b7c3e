import {receiptText} from '../receipt-text.js'
import {displayFor} from '../display.js'
import {wrap} from '../../terminal/wrap.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/logout`: signs out, with a receipt. The conversation is forgotten, too. */
export const logout: AppSlashCommand<AppContext> = {
  name: 'logout',
  summary: 'Sign out, with a receipt',
  async run({logOut, forget, print, palette, columns, env, argv}) {
    const receipt = await logOut()
    forget()
    const display = {...displayFor({isTTY: true}, env, argv), palette}
    print(wrap(receiptText(receipt, display), columns))
  },
}
