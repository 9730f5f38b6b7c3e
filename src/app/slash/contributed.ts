import type {Candidate} from '../../domain/editor/completion.js'
import {UsageError} from '../../domain/errors/usage.js'
import {parseSlash} from '../../domain/editor/slash.js'
import {wrap} from '../../terminal/wrap.js'
import {completeLater} from './complete-later.js'
import type {AppSlashCommand, AppSlashContext} from './app-slash-command.js'

type PluginContext = Pick<AppSlashContext, 'columns' | 'pick' | 'print' | 'run' | 'signal'>

interface Contributed extends Pick<AppSlashCommand, 'argument' | 'name' | 'summary'> {
  run(context: PluginContext, args: readonly string[], text: string): Promise<void>
  complete(typed: string, signal: AbortSignal): Promise<readonly Candidate[]>
}

/**
 * A plugin's slash command, whose lines we wrap. It may ignore its interruption: then it is
 * abandoned, and its later output is dropped.
 */
export function contributed(command: Contributed): AppSlashCommand {
  return {
    ...command,
    complete: completeLater(async (typed, signal) => command.complete(typed, signal)),
    async run({columns, pick, print, signal, run: runLine}, args, text) {
      const context: PluginContext = {
        columns,
        pick,
        signal,
        print(lines) {
          if (!signal.aborted) print(wrap(lines, columns))
        },
        async run(line) {
          signal.throwIfAborted()
          if (parseSlash(line) === undefined) {
            throw new UsageError(
              'A plugin ran a line that is not a slash command.',
              'Report it to its author.',
            )
          }
          await runLine(line)
        },
      }
      await Promise.race([command.run(context, args, text), aborted(signal)])
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
