// What a person sees while somebody enters a code elsewhere. The address stands unwrapped on a line
// of its own, and so does the code, grouped as the server sent it.
import {hostOf} from '../domain/network/addresses.js'
import type {DeviceLoginEvent} from '../services/log-in-by-device.js'
import type {Palette} from '../terminal/palette.js'
import type {DrawQrCode} from './qr-code.js'

export interface DeviceProgress {
  readonly palette: Palette
  readonly issuer: string
  /** Absent where no QR code can be drawn. */
  readonly drawQrCode: DrawQrCode | undefined
}

/** What follows trouble that ends nothing. */
export const STILL_WAITING = 'Still waiting.'

type Asked = Extract<DeviceLoginEvent, {type: 'device-authorization'}>

/** The lines for one event. */
export function deviceProgressLines(event: DeviceLoginEvent, progress: DeviceProgress): string[] {
  if (event.type === 'trouble') return [event.why, STILL_WAITING]
  const {verificationUri, verificationUriComplete} = event.authorization
  const lines = instructions(event, progress)
  const address = (verificationUriComplete ?? verificationUri).href
  const code = progress.drawQrCode?.(address, lines.length) ?? []
  return code.length === 0 ? lines : ['', ...code, ...lines]
}

/** The first object that `--json` prints. */
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
  {authorization: {verificationUri, userCode}, waitsSeconds}: Asked,
  {palette, issuer}: DeviceProgress,
): string[] {
  const host = palette.strong(hostOf(issuer))
  const minutes = Math.floor(waitsSeconds / 60)
  const time = minutes >= 2 ? `${minutes} minutes` : `${Math.floor(waitsSeconds)} s`
  return [
    '',
    `To sign in to ${host}, open on any device:`,
    '',
    verificationUri.href,
    '',
    'Enter this code there, or see that the same one is shown:',
    '',
    `    ${palette.strong(userCode)}`,
    '',
    `Waiting for ${time} at most. Ctrl+C gives up.`,
    '',
  ]
}
