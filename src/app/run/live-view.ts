// Events scroll by as in any log; below them a foot says what goes on. Only the foot is ever written
// again, and what the server says reaches the screen through `bodyLines` and `printable` alone.
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
  /** What keys do, when nothing else is to be said. */
  readonly hint: string
  readonly now: () => Date
}

/** The live view, and what the keys change in it. */
export interface LiveView extends RunView {
  /** @param hint - `undefined`: what it usually says */
  setHint(hint: string | undefined): void
  /** Draws its foot, which names keys, from here on: once they are heard. */
  resume(): void
  /** Leaves the terminal to somebody else for a while. */
  suspend(): void
}

/** Nothing is heard of the run just now. */
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
            branch: trouble === undefined ? run.branch.working : '', // what to do has to fit
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
    // The service's own clock says how old it is: ours may be off.
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
      if (isLeft) stdout.write('\n') // what is said next is not the run's
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
