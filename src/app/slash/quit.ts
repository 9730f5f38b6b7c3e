import type {SlashCommand} from './slash-command.js'

/** `/quit`: leaves, as two Ctrl+C or Ctrl+D do. */
export const quit: SlashCommand = {
  name: 'quit',
  aliases: ['exit'],
  summary: 'Leave',
  run(context) {
    context.leave()
  },
}
