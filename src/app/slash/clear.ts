import type {SlashCommand} from './slash-command.js'

/** `/clear`: a new conversation, on an empty screen. */
export const clear: SlashCommand = {
  name: 'clear',
  aliases: ['new'],
  summary: 'Forget the conversation, and clear the screen',
  run(context) {
    context.clear()
  },
}
