import type {AppSlashCommand} from './app-slash-command.js'

/** `/quit`: leaves, as two Ctrl+C or Ctrl+D do. */
export const quit: AppSlashCommand = {
  name: 'quit',
  aliases: ['exit'],
  summary: 'Leave',
  run(context) {
    context.leave()
  },
}
