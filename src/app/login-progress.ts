// What a person sees while a login is on its way. The address stands unwrapped on a line of its
// own, so that it can be copied; what is pasted is never shown.
import {hostOf} from '../domain/addresses.js'
import type {LoginEvent} from '../services/log-in.js'
import type {Palette} from './palette.js'

export interface Progress {
  readonly palette: Palette
  readonly issuer: string
  readonly opensBrowser: boolean
  /** Someone may paste: at a terminal, or a program on standard input. */
  readonly canPaste: 'by hand' | 'on stdin'
}

/** The lines for one event; none for an event that needs no words. */
export function progressLines(event: LoginEvent, progress: Progress): string[] {
  const {palette} = progress
  switch (event.type) {
    case 'authorization':
      return authorizationLines(event, progress)
    case 'exchanging':
      return [palette.faint('An answer came. Finishing the sign-in …')]
    case 'hint':
      return [
        `Someone on this machine says that the sign-in failed (${event.text}). That is not proved; still waiting.`,
      ]
    case 'no-browser':
      return ['No browser could be opened here: open the address above yourself.']
    case 'paste-refused':
      return [event.why, 'Still waiting.']
  }
}

function authorizationLines(
  {url, redirectUri}: Extract<LoginEvent, {type: 'authorization'}>,
  {palette, issuer, opensBrowser, canPaste}: Progress,
): string[] {
  const host = palette.strong(hostOf(issuer))
  const first = opensBrowser
    ? `Opening the browser to sign in to ${host}. If it does not open, go to:`
    : `To sign in to ${host}, open:`
  const paste =
    canPaste === 'by hand' ? 'paste it here and press Enter' : 'write it to standard input'
  const back =
    redirectUri === undefined
      ? `The ports for the way back are in use by other programs. When the browser ends at an address that begins with http://127.0.0.1, ${paste} (it is not shown).`
      : `Waiting for the browser. If it ends at an address that it cannot load, ${paste} (it is not shown).`
  return ['', first, '', url.href, '', back, 'Ctrl+C gives up.', '']
}
