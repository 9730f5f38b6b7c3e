import type {Run} from '../../domain/run/run.js'
import type {Palette} from '../../terminal/palette.js'
import {showable} from '../../terminal/locale.js'
import {columnsOf} from '../../terminal/size.js'
import {fit} from '../../terminal/wrap.js'
import {eventLines} from './event-text.js'
import {
  BACK,
  outcomeText,
  runText,
  signedInText,
  signedOutText,
  statusText,
  troubleText,
  windowText,
} from './run-text.js'
import type {TextOutput, RunView} from './run-view.js'

interface TextOptions {
  readonly stdout: TextOutput
  readonly stderr: TextOutput
  readonly palette: Palette
  readonly now: () => Date
}

/** Line by line, each written once: for pipes, logs, and simple terminals. */
export function textView({stdout, stderr, palette, now}: TextOptions): RunView {
  let before: Run | undefined
  let isInTrouble = false
  const write = (...lines: string[]): void => {
    const text = lines.join('\n')
    stdout.write(`${stdout.isTTY === true ? showable(text) : text}\n`)
  }
  const say = (text: string): void => {
    stderr.write(`${fit(text, stderr)}\n`)
  }
  return {
    namesRepository: true,
    show(update, repository) {
      switch (update.type) {
        case 'run':
          if (before === undefined) {
            write(fit(runText(update.run, repository, {palette, now: now()}), stdout), '')
          } else if (before.status !== update.run.status) {
            write(`Status: ${statusText(update.run, palette)}`)
          }
          before = update.run
          break
        case 'event':
          write(...eventLines(update.event, {palette, columns: columnsOf(stdout)}))
          break
        case 'window':
          write(fit(windowText(update.shown), stdout))
          break
        case 'trouble':
          if (!isInTrouble) say(troubleText(update.error, update.retryMs))
          isInTrouble = true
          break
        case 'back':
          say(BACK)
          isInTrouble = false
          break
        case 'signed-out':
          say(signedOutText(update))
          break
        case 'signed-in':
          say(signedInText(update.account))
          isInTrouble = false
          break
      }
    },
    end(run) {
      write('', fit(outcomeText(run, palette), stdout))
    },
    close() {},
  }
}
