import type {AppSlashCommand} from './app-slash-command.js'

/** `/quit`: leaves, like two Ctrl+C or Ctrl+D. */
export const quit: AppSlashCommand = {
  name: 'quit',
  aliases: ['exit'],
  summary: 'Leave',
  run(context) {
    context.leave()
  },
}
