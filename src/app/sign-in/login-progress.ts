// What the user sees during a login. The address is on a separate, unwrapped line, so that it can
// be copied, and so is a command; pasted text is never shown. The text contains only what the
// user's environment requires.
import {hostOf} from '../../domain/network/addresses.js'
import {type SshSession, type Surroundings, tunnelCommand} from '../../domain/login/surroundings.js'
import {type UnopenedPort, unopenedText} from '../../domain/login/unopened-ports.js'
import type {LoginEvent} from '../../services/log-in.js'
import type {Palette} from '../../terminal/palette.js'

export interface Progress {
  readonly palette: Palette
  readonly issuer: string
  /** The request of the caller; whether a browser would be visible depends on the environment. */
  readonly opensBrowser: boolean
  /** The user may paste: at a terminal, or a program on standard input. */
  readonly canPaste: 'by hand' | 'by hand after fg' | 'on stdin'
  readonly surroundings: Surroundings
  /** The value of `BROWSER`, where it is set. */
  readonly namedBrowser?: string | undefined
}

type AuthorizationEvent = Extract<LoginEvent, {type: 'authorization'}>

export const BROWSER_FAILED =
  'The command in BROWSER did not start: open the address above yourself.'
/** A browser sent more cookies than are accepted. */
export const TOO_LONG =
  'A browser sent more than can be read here, most likely cookies of other programs on 127.0.0.1.'
export const NO_BROWSER = 'No browser could be opened here: open the address above yourself.'

const FROM_WINDOWS = 'From Windows it comes back only where WSL shares localhost.'

const HOW_TO_PASTE = {
  'by hand': 'paste it here and press Enter',
  'by hand after fg': 'bring this back with `fg`, paste it here and press Enter',
  'on stdin': 'write it to standard input',
}
const HOW_TO_PASTE_FROM_THERE = {
  'by hand': 'Paste the address it ends at, and press Enter',
  'by hand after fg': 'Bring this back with `fg`, paste the address it ends at, and press Enter',
  'on stdin': 'Write the address it ends at to standard input',
}

/** The lines for one event; none for an event without a message. */
export function progressLines(event: LoginEvent, progress: Progress): string[] {
  const {palette} = progress
  switch (event.type) {
    case 'authorization':
      return authorizationLines(event, progress)
    case 'exchanging':
      return [palette.faint('An answer came. Finishing the sign-in …')]
    case 'hint':
      return [hintText(event.text)]
    case 'no-browser':
      return [progress.namedBrowser === undefined ? NO_BROWSER : BROWSER_FAILED]
    case 'paste-refused':
      return [event.why, 'Still waiting.']
    case 'too-long':
      return [`${TOO_LONG} Copy the address that it shows, and ${pasteText(progress.canPaste)}`]
  }
}

/**
 * The lines above the block during the wait: what to open, and only what is needed to come back.
 */
export function browserCaption(event: AuthorizationEvent, progress: Progress): string[] {
  const lines = ['', whatToOpen(progress), '', event.url.href, '']
  const {palette, surroundings} = progress
  if (event.redirectUri === undefined) {
    return [...lines, `The browser cannot come back: ${unopenedText(event.unopened)}.`, '']
  }
  if (surroundings.ssh !== undefined) {
    const {port} = new URL(event.redirectUri)
    return [...lines, ...tunnelLines(surroundings.ssh, port, palette)]
  }
  return surroundings.wsl && !surroundings.container ? [...lines, FROM_WINDOWS, ''] : lines
}

/** A problem or news that the block shows; `undefined` for its default text. */
export function browserProblem(event: LoginEvent, {namedBrowser}: Progress): string | undefined {
  switch (event.type) {
    case 'hint':
      return hintText(event.text)
    case 'no-browser':
      return namedBrowser === undefined ? NO_BROWSER : BROWSER_FAILED
    case 'paste-refused':
      return event.why
    case 'too-long':
      return `${TOO_LONG} Copy the address that it shows, and paste it here.`
    default:
      return undefined
  }
}

function authorizationLines(event: AuthorizationEvent, progress: Progress): string[] {
  const end = ['Ctrl+C gives up.', '']
  return ['', whatToOpen(progress), '', event.url.href, '', ...wayBack(event, progress), ...end]
}

function whatToOpen({palette, issuer, opensBrowser, surroundings}: Progress): string {
  const host = palette.strong(hostOf(issuer))
  if (opensBrowser && surroundings.canShowBrowser) {
    return `Opening the browser to sign in to ${host}. If it does not open, go to:`
  }
  const [why, where] =
    surroundings.ssh === undefined
      ? ['No display is available here for a browser.', '']
      : ['Over SSH no browser is opened.', ' on your own machine']
  return `${opensBrowser ? `${why} ` : ''}To sign in to ${host}, open${where}:`
}

function wayBack(
  {redirectUri, unopened}: {redirectUri: string | undefined; unopened: readonly UnopenedPort[]},
  {palette, canPaste, surroundings}: Progress,
): string[] {
  const paste = pasteText(canPaste)
  if (redirectUri === undefined) {
    return [
      `The browser cannot come back: ${unopenedText(unopened)}. When the browser ends at an address that begins with http://127.0.0.1, ${paste}`,
    ]
  }
  const {port} = new URL(redirectUri)
  const waiting = `Waiting for the browser. ${pasteHint(surroundings, canPaste)}`
  if (surroundings.ssh === undefined) return [waiting]
  return [waiting, ...tunnelLines(surroundings.ssh, port, palette)]
}

function tunnelLines(ssh: SshSession, port: string, palette: Palette): string[] {
  const command = `  ${palette.command(tunnelCommand(ssh, port))}`
  return ['It comes back by itself while this runs on your own machine:', '', command, '']
}

function hintText(text: string): string {
  return `Someone on this machine says that the sign-in failed (${text}). That is not proved; the sign-in still waits.`
}

function pasteText(canPaste: Progress['canPaste']): string {
  return `${HOW_TO_PASTE[canPaste]} (it is not shown).`
}

/** How to bring the address here, where the browser cannot. */
function pasteHint({ssh, container, wsl}: Surroundings, canPaste: Progress['canPaste']): string {
  if (ssh === undefined && container) {
    return `Browser on another machine? ${HOW_TO_PASTE_FROM_THERE[canPaste]} (it is not shown).`
  }
  const condition = ssh === undefined && wsl ? `${FROM_WINDOWS} ` : ''
  return `${condition}If it ends at an address that it cannot load, ${pasteText(canPaste)}`
}
