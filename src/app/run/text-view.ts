import type {Run} from '../../domain/run/run.js'
import type {Palette} from '../palette.js'
import {eventLines} from './event-text.js'
import {outcomeText, runText, statusText, troubleText, windowText} from './run-text.js'
import type {Output, RunView} from './run-view.js'

/** Line by line, each written once: for pipes, logs, and terminals that know no more. */
export function textView(stdout: Output, stderr: Output, palette: Palette): RunView {
  let before: Run | undefined
  let isInTrouble = false
  const write = (...lines: string[]): void => {
    stdout.write(`${lines.join('\n')}\n`)
  }
  return {
    show(update, repository) {
      switch (update.type) {
        case 'run':
          if (before === undefined) write(runText(update.run, repository, palette), '')
          else if (before.status !== update.run.status) {
            write(`Status: ${statusText(update.run, palette)}`)
          }
          before = update.run
          break
        case 'event':
          write(...eventLines(update.event, palette))
          break
        case 'window':
          write(windowText(update.shown))
          break
        case 'trouble':
          if (!isInTrouble) stderr.write(`${troubleText(update.error, update.retryMs)}\n`)
          isInTrouble = true
          break
        case 'back':
          stderr.write('The service answers again.\n')
          isInTrouble = false
          break
      }
    },
    end(run) {
      write('', outcomeText(run, palette))
    },
    close() {},
  }
}
