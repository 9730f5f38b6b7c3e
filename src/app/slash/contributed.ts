import {wrap} from '../wrap.js'
import type {SlashCommand} from './slash-command.js'

interface Contributed extends Pick<SlashCommand, 'argument' | 'name' | 'summary'> {
  run(
    context: {readonly columns: number; print: (text: string) => void},
    args: readonly string[],
  ): Promise<void>
}

/** A slash command of a plugin, whose lines we break for it. */
export function contributed(command: Contributed): SlashCommand {
  return {
    ...command,
    async run({columns, print}, args) {
      await command.run({columns, print: (text) => print(wrap(text, columns))}, args)
    },
  }
}
