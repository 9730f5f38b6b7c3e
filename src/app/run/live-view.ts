import type {Run} from '../../domain/run/run.js'
import {widthOf} from '../cell-width.js'
import type {Palette} from '../palette.js'
import {eventDigest, eventLines} from './event-text.js'
import {outcomeText, runText, troubleText, windowText} from './run-text.js'
import type {RunView} from './run-view.js'
import {statusLines} from './status-block.js'

export interface LiveOptions {
  readonly stdout: NodeJS.WriteStream
  readonly palette: Palette
  readonly unicode: boolean
  /** What keys do, when nothing else is to be said. */
  readonly hint: string
  readonly now: () => Date
}

const TURN_MS = 120
const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'
const CLEAR_BELOW = '\u001B[J'

/** The live view, and what the keys change in it. */
export interface LiveView extends RunView {
  /** @param hint - `undefined`: what it usually says */
  setHint(hint: string | undefined): void
  /** Draws anew: after the process was stopped, say. */
  redraw(): void
}

/**
 * Events scroll by as in any log; below them two lines say what goes on. Only these two are ever
 * written again, so that what has scrolled by stays as it is.
 */
export function liveView({stdout, palette, unicode, hint, now}: LiveOptions): LiveView {
  let run: Run | undefined
  let doing = ''
  let trouble = ''
  let said: string | undefined
  let turn = 0
  let drawn: string[] = []
  let isClosed = false
  const columns = (): number => Math.max(10, stdout.columns)

  /** Back to where the block begins; a terminal that became narrower has wrapped its lines. */
  const erase = (): string => {
    if (drawn.length === 0) return ''
    const rows = drawn.reduce(
      (sum, line) => sum + Math.ceil(Math.max(1, widthOf(line)) / columns()),
      0,
    )
    drawn = []
    return `\r${rows > 1 ? `\u001B[${rows - 1}A` : ''}${CLEAR_BELOW}`
  }
  const block = (): string => {
    if (run === undefined || isClosed) return ''
    const started = run.createdAt ?? now()
    drawn = statusLines(
      {
        status: run.status,
        elapsedMs: Math.max(0, now().getTime() - started.getTime()),
        branch: run.branch.working,
        now: trouble === '' ? doing : trouble,
        hint: said ?? hint,
        turn,
      },
      columns(),
      {palette, unicode},
    )
    return drawn.join('\n')
  }
  const print = (...lines: string[]): void => {
    stdout.write(erase() + lines.map((line) => `${line}\n`).join('') + block())
  }

  stdout.write(HIDE_CURSOR)
  const redraw = (): void => {
    stdout.write(erase() + block())
  }
  const timer = setInterval(() => {
    turn += 1
    redraw()
  }, TURN_MS)
  const restore = (): void => {
    if (!isClosed) stdout.write(erase() + SHOW_CURSOR)
  }
  stdout.on('resize', redraw)
  process.once('exit', restore)

  return {
    show(update, repository) {
      switch (update.type) {
        case 'run':
          if (run === undefined) print(runText(update.run, repository, palette), '')
          run = update.run
          redraw()
          break
        case 'event':
          doing = eventDigest(update.event)
          print(...eventLines(update.event, palette))
          break
        case 'window':
          print(windowText(update.shown))
          break
        case 'trouble':
          if (trouble === '') print(troubleText(update.error, update.retryMs))
          trouble = 'no answer from the service, still trying'
          redraw()
          break
        case 'back':
          trouble = ''
          print('The service answers again.')
          break
      }
    },
    end(ended) {
      run = ended
      stdout.write(`${erase()}\n${outcomeText(ended, palette)}\n`)
    },
    close() {
      if (isClosed) return
      clearInterval(timer)
      restore()
      isClosed = true
      stdout.off('resize', redraw)
      process.off('exit', restore)
    },
    setHint(text) {
      said = text
      redraw()
    },
    redraw() {
      stdout.write(HIDE_CURSOR)
      redraw()
    },
  }
}
