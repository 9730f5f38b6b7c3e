import {receiptText} from '../receipt-text.js'
import {showingOn} from '../showing.js'
import {wrap} from '../../terminal/wrap.js'
import type {AppContext} from './app-context.js'
import type {SlashCommand} from './slash-command.js'

/** `/logout`: signs out, with a receipt. What was said so far is forgotten, too. */
export const logout: SlashCommand<AppContext> = {
  name: 'logout',
  summary: 'Sign out, with a receipt',
  async run({logOut, forget, print, palette, columns, env, argv}) {
    const receipt = await logOut()
    forget()
    const showing = {...showingOn({isTTY: true}, env, argv), palette}
    print(wrap(receiptText(receipt, showing), columns))
  },
}
