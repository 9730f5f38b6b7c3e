// Waits for the user in the browser, at a terminal that supports redrawing: one block that is
// removed at the end. Elsewhere the same is printed line by line (sign-in-by-*.ts).
import type {Environment} from '../../domain/settings/environment.js'
import type {LoginEvent} from '../../services/log-in.js'
import type {DeviceLoginEvent} from '../../services/log-in-by-device.js'
import {WaitingBlock} from '../../terminal/waiting-block.js'
import {InputQueue} from '../composer/input-queue.js'
import {deviceCaption, type DeviceProgress} from './device-progress.js'
import {browserCaption, browserProblem, type Progress} from './login-progress.js'
import {displayFor} from '../display.js'

/** The display of a sign-in. */
export interface SignInView<Event> {
  readonly tell: (event: Event) => void
  readonly close: () => void
}

export interface BrowserView extends SignInView<LoginEvent> {
  readonly paste: (over: AbortSignal) => AsyncIterable<string>
}

/** The screen's text for the effect of Escape. */
export type EscapeAction = 'gives up' | 'goes back'

interface Leaving {
  readonly escape: EscapeAction
  readonly onLeave: () => void
}

/** The terminal of a sign-in, and whether this process may use it now. */
export interface SignInTerminal {
  readonly context: {
    readonly env: Environment
    readonly argv: readonly string[]
    readonly stdin: NodeJS.ReadStream
    readonly stderr: NodeJS.WriteStream
    readonly interactive: boolean
    readonly logJson: ((object: unknown) => void) | undefined
  }
  readonly isInForeground: () => boolean
}

const FIELD = 'Paste the address it ends at'
export const COPIES = 'Ctrl+Y copies the address'
const FINISHING = 'Finishing the sign-in'
const ROWS_OF_DEVICE = 2

/** Whether a person is at a terminal that supports redrawing. */
export function hasScreen({context, isInForeground}: SignInTerminal): boolean {
  const {env, interactive, logJson} = context
  return interactive && logJson === undefined && env.TERM !== 'dumb' && isInForeground()
}

/** A block that is drawn on stderr. */
export function blockAt(
  {context, isInForeground}: SignInTerminal,
  events: Pick<ConstructorParameters<typeof WaitingBlock>[0], 'onEnd' | 'onLeave' | 'onLine'>,
): WaitingBlock {
  const {stdin, stderr, env, argv} = context
  const {palette} = displayFor(stderr, env, argv)
  return new WaitingBlock({stdin, output: stderr, env, palette, isInForeground, ...events})
}

/** @param timeoutSeconds - the time limit, from now on */
export function browserBlock(
  place: SignInTerminal,
  progress: Progress,
  {escape, onLeave, timeoutSeconds}: Leaving & {readonly timeoutSeconds: number},
): BrowserView {
  const entered = new InputQueue()
  const until = performance.now() + timeoutSeconds * 1000
  let block: WaitingBlock | undefined
  return {
    paste(over) {
      const onEnd = (): void => entered.close()
      block = blockAt(place, {
        onLeave,
        onEnd,
        onLine(line) {
          block?.change({problem: undefined})
          entered.push(line)
        },
      })
      over.addEventListener('abort', onEnd)
      return untilClosed(entered)
    },
    tell(event) {
      if (event.type === 'authorization') {
        const hint = `${COPIES} · Esc ${escape}`
        block?.show(
          {doing: 'Waiting for the browser', field: FIELD, hint, until},
          {lines: browserCaption(event, progress), address: event.url.href},
        )
      } else if (event.type === 'exchanging') {
        block?.change({
          doing: FINISHING,
          field: undefined,
          problem: undefined,
          hint: undefined,
          until: undefined,
        })
      } else block?.change({problem: browserProblem(event, progress)})
    },
    close: () => block?.close(),
  }
}

export function deviceBlock(
  place: SignInTerminal,
  progress: DeviceProgress,
  {escape, onLeave}: Leaving,
): SignInView<DeviceLoginEvent> {
  const block = blockAt(place, {onLeave})
  return {
    tell(event) {
      if (event.type === 'trouble') {
        block.change({problem: event.why})
        return
      }
      const {authorization, waitsSeconds} = event
      block.show(
        {
          doing: 'Waiting for the code',
          hint: `${COPIES} · Esc ${escape}`,
          until: performance.now() + waitsSeconds * 1000,
        },
        {
          lines: deviceCaption(event, progress, ROWS_OF_DEVICE),
          address: authorization.verificationUri.href,
        },
      )
    },
    close: () => block.close(),
  }
}

async function* untilClosed(queue: InputQueue): AsyncGenerator<string, void> {
  for (let line = await queue.next(); line !== undefined; line = await queue.next()) yield line
}
