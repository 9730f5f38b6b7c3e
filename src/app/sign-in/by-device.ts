import type {DeviceLoginEvent} from '../../services/log-in-by-device.js'
import type {Interrupt} from '../../terminal/interrupt.js'
import type {DeviceProgress} from './device-progress.js'
import {displayFor} from '../display.js'
import {type CommandOutput, tellDeviceLogin} from './login-output.js'
import {qrCodesOn} from './qr-code.js'
import {deviceBlock, type EscapeAction, hasScreen, type SignInView} from './sign-in-block.js'
import {
  outputOf,
  type SignInContext,
  type SignInOptions,
  type SignInResult,
  switchingAt,
} from './sign-in-context.js'

/** Signs in with a code that is entered on any device; see services/log-in-by-device. */
export async function signInByDevice(
  context: SignInContext,
  {escape, maySwitch, ...options}: SignInOptions & {readonly escape: EscapeAction},
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, issuer, env, argv, stderr} = context
  const {palette} = displayFor(stderr, env, argv)
  const progress = {palette, issuer, drawQrCode: await qrCodesOn(stderr, env, argv)}
  const place = {context, isInForeground: await services.isInForeground()}
  const view = hasScreen(place)
    ? deviceBlock(place, progress, {escape, onLeave: interrupt})
    : deviceLines(outputOf(context), progress)
  try {
    const switching = switchingAt(context, maySwitch, signal, () => view.close())
    return await services.logInByDevice({...options, switching, signal, tell: view.tell})
  } finally {
    view.close()
  }
}

function deviceLines(
  output: CommandOutput,
  progress: DeviceProgress,
): SignInView<DeviceLoginEvent> {
  return {tell: (event) => tellDeviceLogin(event, output, progress), close: () => undefined}
}
