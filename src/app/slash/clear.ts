import type {AppSlashCommand} from './app-slash-command.js'

/** `/clear`: a new conversation, on an empty screen. */
export const clear: AppSlashCommand = {
  name: 'clear',
  aliases: ['new'],
  summary: 'Forget the conversation, and clear the screen',
  run(context) {
    context.clear()
  },
}
