import {browserCommands} from '../login/browser-commands.js'
import type {Surroundings} from '../login/surroundings.js'
import {unsetting} from '../platform/shell.js'
import {fine, type Finding, wrong} from './finding.js'

export interface BrowserFacts {
  /** The value of `BROWSER`. */
  readonly named: string | undefined
  readonly surroundings: Surroundings
  readonly platform: string
  readonly isProgram: (name: string) => boolean
  readonly isSignedIn: boolean
}

const ID = 'browser'
const BY_HAND = 'mogplex login --no-browser'
/** The browser commands that are tried where none is named, in the order of xdg-open(1). */
const BROWSERS = [
  'x-www-browser',
  'firefox',
  'iceweasel',
  'seamonkey',
  'mozilla',
  'epiphany',
  'konqueror',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'brave-browser',
  'microsoft-edge',
  'opera',
  'vivaldi',
  'falkon',
  'www-browser',
  'gio',
  'kde-open',
  'kde-open5',
  'exo-open',
  'gnome-open',
  'gvfs-open',
  'mate-open',
  'pcmanfm',
  'wslview',
  'sensible-browser',
  'flatpak',
  'snap',
  'xdg-open',
]
const WITH_ONE = new Set(['darwin', 'win32', 'android'])

/**
 * Whether a browser opens here automatically. Otherwise the address can be opened on another
 * machine.
 */
export function browserFinding(facts: BrowserFacts): Finding {
  const {named, surroundings, platform, isProgram, isSignedIn} = facts
  if (named !== undefined) {
    const separator = platform === 'win32' ? ';' : ':'
    const commands = browserCommands(named, 'https://mogplex.com', {separator, isProgram})
    return commands.some(([program = '']) => isProgram(program))
      ? fine(ID, 'BROWSER names one')
      : wrong(ID, 'BROWSER does not name a program that can be started', unsetting('BROWSER'))
  }
  const {canShowBrowser, ssh, container, wsl} = surroundings
  const isInstalled = WITH_ONE.has(platform) || wsl || BROWSERS.some(isProgram)
  if (canShowBrowser && isInstalled) return fine(ID, "the system's own")
  const why = isInstalled ? whyUnseen(surroundings) : 'none is installed'
  const what = `no browser opens here: ${why}`
  if (isSignedIn || ssh !== undefined || container) {
    return fine(ID, `${what}; \`${BY_HAND}\` prints the address for another one`)
  }
  return wrong(ID, what, BY_HAND)
}

function whyUnseen({ssh, container}: Surroundings): string {
  if (ssh !== undefined) return 'this is a session over SSH'
  return container ? 'this is a container' : 'no display is available'
}
