// What the user sees while a code is entered elsewhere. The address is on a separate, unwrapped
// line, and so is the code, grouped as the server sent it.
import {hostOf} from '../../domain/network/addresses.js'
import type {DeviceLoginEvent} from '../../services/log-in-by-device.js'
import type {Palette} from '../../terminal/palette.js'
import type {DrawQrCode} from './qr-code.js'

export interface DeviceProgress {
  readonly palette: Palette
  readonly issuer: string
  /** Absent where no QR code can be drawn. */
  readonly drawQrCode: DrawQrCode | undefined
}

/** Follows a temporary problem. */
export const STILL_WAITING = 'Still waiting.'

type Asked = Extract<DeviceLoginEvent, {type: 'device-authorization'}>

/** The lines for one event. */
export function deviceProgressLines(event: DeviceLoginEvent, progress: DeviceProgress): string[] {
  if (event.type === 'trouble') return [event.why, STILL_WAITING]
  const {waitsSeconds} = event
  const minutes = Math.floor(waitsSeconds / 60)
  const time = minutes >= 2 ? `${minutes} minutes` : `${Math.floor(waitsSeconds)} s`
  const end = [`Waiting for ${time} at most. Ctrl+C gives up.`, '']
  return [...deviceCaption(event, progress, end.length), ...end]
}

/**
 * What to open, and where to enter the code; and a QR code, where it fits.
 *
 * @param below - the number of rows that follow
 */
export function deviceCaption(event: Asked, progress: DeviceProgress, below: number): string[] {
  const lines = instructions(event, progress)
  const code = progress.drawQrCode?.(deviceAddress(event).href, lines.length + below) ?? []
  return code.length === 0 ? lines : ['', ...code, ...lines]
}

/** With the code in it, where the server provides that. */
function deviceAddress({authorization}: Asked): URL {
  return authorization.verificationUriComplete ?? authorization.verificationUri
}

/** The first object of `--json`. */
export function deviceAuthorizationReport({
  verificationUri,
  verificationUriComplete,
  userCode,
  expiresInSeconds,
}: Asked['authorization']): Record<string, unknown> {
  return {
    type: 'device-authorization',
    verificationUri: verificationUri.href,
    ...(verificationUriComplete !== undefined && {
      verificationUriComplete: verificationUriComplete.href,
    }),
    userCode,
    expiresIn: expiresInSeconds,
  }
}

function instructions(
  {authorization: {verificationUri, userCode}}: Asked,
  {palette, issuer}: DeviceProgress,
): string[] {
  const host = palette.strong(hostOf(issuer))
  return [
    '',
    `To sign in to ${host}, open on any device:`,
    '',
    verificationUri.href,
    '',
    'Enter this code there, or check that it shows the same one:',
    '',
    `    ${palette.strong(userCode)}`,
    '',
  ]
}
