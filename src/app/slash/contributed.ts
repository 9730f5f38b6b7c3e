import {wrap} from '../../terminal/wrap.js'
import type {SlashCommand} from './slash-command.js'

interface Contributed extends Pick<SlashCommand, 'argument' | 'name' | 'summary'> {
  run(
    context: {readonly columns: number; print: (text: string) => void},
    args: readonly string[],
  ): Promise<void>
}

/**
 * A slash command of a plugin, whose lines we break for it. It knows of no interruption: it is not
 * waited for any longer, and what it still says is not shown.
 */
export function contributed(command: Contributed): SlashCommand {
  return {
    ...command,
    async run({columns, print, signal}, args) {
      const show = (text: string): void => {
        if (!signal.aborted) print(wrap(text, columns))
      }
      await Promise.race([command.run({columns, print: show}, args), aborted(signal)])
    },
  }
}

async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('It was interrupted.'))
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, {once: true})
  })
}
