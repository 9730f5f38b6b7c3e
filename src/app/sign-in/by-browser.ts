import {valueOf} from '../../domain/settings/environment.js'
import {hiddenLines} from '../../terminal/hidden-lines.js'
import type {Interrupt} from '../../terminal/interrupt.js'
import {displayFor} from '../display.js'
import {tellBrowserLogin} from './login-output.js'
import {type Progress, progressLines} from './login-progress.js'
import {
  browserBlock,
  type BrowserView,
  type EscapeAction,
  hasScreen,
  type SignInTerminal,
} from './sign-in-block.js'
import {
  outputOf,
  type SignInContext,
  type SignInOptions,
  type SignInResult,
  switchingAt,
} from './sign-in-context.js'

/** Signs in with the browser, or with a pasted address; see services/log-in. */
export async function signInByBrowser(
  context: SignInContext,
  options: SignInOptions & {readonly opensBrowser: boolean; readonly escape: EscapeAction},
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, issuer, env, argv, stdin, stderr} = context
  const {opensBrowser, escape, maySwitch, ...rest} = options
  const around = await services.surroundings()
  const place = {context, isInForeground: await services.isInForeground()}
  const byHand = place.isInForeground() ? ('by hand' as const) : ('by hand after fg' as const)
  const progress = {
    surroundings: around,
    issuer,
    palette: displayFor(stderr, env, argv).palette,
    canPaste: stdin.isTTY ? byHand : ('on stdin' as const),
    opensBrowser,
    namedBrowser: valueOf(env, 'BROWSER'),
  }
  const leaving = {escape, onLeave: interrupt, timeoutSeconds: options.timeoutSeconds}
  const view = hasScreen(place)
    ? browserBlock(place, progress, leaving)
    : browserLines(place, progress, interrupt)
  try {
    return await services.logIn({
      ...rest,
      openBrowser: opensBrowser && around.canShowBrowser,
      switching: switchingAt(context, maySwitch, signal, () => view.close()),
      signal,
      paste: view.paste,
      tell: view.tell,
    })
  } finally {
    view.close()
  }
}

/** Prints progress line by line, and the prompt again when the process is resumed. */
function browserLines(
  {context, isInForeground}: SignInTerminal & {readonly context: SignInContext},
  progress: Progress,
  onInterrupt: () => void,
): BrowserView {
  const {stdin} = context
  const output = outputOf(context)
  let sayAgain = (): void => undefined
  return {
    paste: (over) =>
      hiddenLines({stdin, isInForeground, onInterrupt, onContinue: () => sayAgain()}, over),
    tell(event) {
      tellBrowserLogin(event, output, progress)
      if (event.type !== 'authorization') return
      const here = {...progress, canPaste: 'by hand'} as const
      sayAgain = () => output.say(progressLines(event, here))
    },
    close: () => undefined,
  }
}
