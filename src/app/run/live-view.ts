// Events scroll by as in a log; the status block below shows the current state. Only that block is
// redrawn, and text of the server reaches the screen only through `bodyLines` and `printable`.
import type {Run} from '../../domain/run/run.js'
import type {Environment} from '../../domain/settings/environment.js'
import {outcomeOf} from '../../domain/run/run.js'
import type {Palette} from '../../terminal/palette.js'
import {everyTurn} from '../../terminal/spinner.js'
import {fit} from '../../terminal/wrap.js'
import {eventDigest, watchedLines} from './event-text.js'
import {LiveRegion} from '../../terminal/live-region.js'
import {sizeOf} from '../../terminal/size.js'
import {
  BACK,
  durationText,
  nextTryText,
  outcomeText,
  runText,
  signedInText,
  signedOutText,
  troubleText,
  windowText,
} from './run-text.js'
import type {RunView} from './run-view.js'
import {statusLines} from './status-block.js'

interface LiveOptions {
  readonly env: Environment
  readonly stdout: NodeJS.WriteStream
  readonly palette: Palette
  readonly unicode: boolean
  /** The help for keys, when there is no other hint. */
  readonly hint: string
  readonly now: () => Date
}

/** The live view, and the parts of it that keys change. */
export interface LiveView extends RunView {
  /** @param hint - `undefined` for the usual one */
  setHint(hint: string | undefined): void
  /** Draws its status block, which names keys, from now on: once they are read. */
  resume(): void
  /** Hands the terminal to other code for a while. */
  suspend(): void
}

/** The service is temporarily unreachable. */
interface Trouble {
  readonly waitsFor: 'a sign-in' | 'an answer'
  readonly until: Date
}

const QUIET_MS = 20_000

export function liveView(options: LiveOptions): LiveView {
  const {stdout, palette, unicode, now} = options
  const region = new LiveRegion((text) => stdout.write(text), options.env)
  let run: Run | undefined
  let startedAt = 0
  let eventAt = 0
  let doing = ''
  let trouble: Trouble | undefined
  let hint: string | undefined
  let turn = 0
  let stopTurning: (() => void) | undefined

  const nowText = (): string => {
    if (trouble !== undefined) return waitingText(trouble, now())
    const quietMs = now().getTime() - eventAt
    const quiet = quietMs < QUIET_MS ? '' : `quiet for ${durationText(quietMs)}`
    return [doing, quiet].filter((part) => part !== '').join(', ')
  }
  const lines = (): string[] => {
    if (stopTurning === undefined || (run !== undefined && outcomeOf(run) !== undefined)) return []
    const state =
      run === undefined
        ? {status: 'looking for the run', elapsedMs: undefined, branch: '', now: ''}
        : {
            status: run.status,
            elapsedMs: Math.max(0, now().getTime() - startedAt),
            branch: trouble === undefined ? run.branch.working : '', // the remedy has to fit
            now: nowText(),
          }
    return statusLines({...state, hint: hint ?? options.hint, turn}, sizeOf(stdout), {
      palette,
      unicode,
    })
  }
  const print = (...above: string[]): void => {
    const [rows, {columns}] = [lines(), sizeOf(stdout)]
    if (rows.length === 0) region.erase(columns, above)
    else region.draw({rows, columns}, above)
  }
  const redraw = (): void => print()
  const stop = (): void => {
    stopTurning?.()
    stopTurning = undefined
  }
  const know = (told: Run): void => {
    const at = now().getTime()
    // Its age by the service's clock: ours may be off.
    const ageMs = told.ageMs ?? (told.createdAt === undefined ? 0 : at - told.createdAt.getTime())
    if (run === undefined) eventAt = at
    startedAt = at - ageMs
    run = told
  }

  stdout.on('resize', redraw)

  return {
    namesRepository: true,
    show(update, repository) {
      switch (update.type) {
        case 'run': {
          const isFirst = run === undefined
          know(update.run)
          const text = runText(update.run, repository, {palette, now: now()})
          if (isFirst) print(...fit(text, stdout).split('\n'), '')
          else redraw()
          break
        }
        case 'event':
          eventAt = now().getTime()
          doing = eventDigest(update.event) ?? doing
          print(...watchedLines(update.event, {palette, columns: sizeOf(stdout).columns}))
          break
        case 'window':
          print(fit(windowText(update.shown), stdout))
          break
        case 'trouble':
          if (trouble === undefined) print(fit(troubleText(update.error), stdout))
          trouble = {waitsFor: 'an answer', until: new Date(now().getTime() + update.retryMs)}
          redraw()
          break
        case 'back':
          trouble = undefined
          print(BACK)
          break
        case 'signed-out':
          trouble = {waitsFor: 'a sign-in', until: update.until}
          print(fit(signedOutText(update), stdout))
          break
        case 'signed-in':
          trouble = undefined
          print(fit(signedInText(update.account), stdout))
          break
      }
    },
    end(ended) {
      stop()
      region.erase(sizeOf(stdout).columns)
      stdout.write(`\n${fit(outcomeText(ended, palette), stdout)}\n`)
    },
    close() {
      const isLeft = stopTurning !== undefined && run !== undefined
      stop()
      region.erase(sizeOf(stdout).columns)
      if (isLeft) stdout.write('\n') // the next text does not belong to the run
      stdout.off('resize', redraw)
    },
    setHint(text) {
      hint = text
      redraw()
    },
    suspend() {
      stop()
      region.leave()
    },
    resume() {
      stopTurning ??= everyTurn(() => {
        turn += 1
        redraw()
      })
      redraw()
    },
  }
}

function waitingText({waitsFor, until}: Trouble, now: Date): string {
  const leftMs = Math.ceil((until.getTime() - now.getTime()) / 1000) * 1000
  if (waitsFor === 'a sign-in') {
    return `signed out: waiting for \`mogplex login\`, ${durationText(Math.max(0, leftMs))} left`
  }
  return `no answer, still trying${leftMs <= 0 ? '' : `: ${nextTryText(leftMs)}`}`
}
