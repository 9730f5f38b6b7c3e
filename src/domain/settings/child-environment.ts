import type {Environment} from './environment.js'

/** What every program may need: paths and locale. Names in capitals. */
const COMMON = words(`
  PATH HOME USER LOGNAME SHELL TERM COLORTERM NO_COLOR FORCE_COLOR LANG LANGUAGE LC_* TZ TMPDIR
  TEMP TMP PWD COLUMNS LINES SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS USERNAME USERPROFILE
  HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES* PUBLIC ALLUSERSPROFILE
  COMMONPROGRAMFILES* PROGRAMW6432 COMMONPROGRAMW6432 PROCESSOR_ARCHITE* NUMBER_OF_PROCESSORS
  COMPUTERNAME USERDOMAIN* LOGONSERVER SESSIONNAME DRIVERDATA PSMODULEPATH XDG_* __CF_USER_TEXT_ENCODING
  LD_LIBRARY_PATH
`)
/** How a browser finds its display, its session and its settings. */
const FOR_BROWSER = words(`
  BROWSER DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS DESKTOP_SESSION
  DESKTOP_STARTUP_ID GNOME_* KDE_* GTK_* QT_* MOZ_* GDK_* SNAP* FLATPAK_* WSL_* WSLENV NIX_*
  ICEAUTHORITY SESSION_MANAGER VSCODE_IPC_HOOK* VSCODE_GIT_IPC_HANDLE REMOTE_CONTAINERS*
  CODESPACES CODESPACE_NAME
`)
/**
 * npm's network settings, including a proxy password, and its configuration: `NODE_AUTH_TOKEN`
 * opens a private registry, and oclif reads `MOGPLEX_NPM_*`.
 */
const FOR_NPM = words(`
  NPM_CONFIG_* NODE_AUTH_TOKEN NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA NODE_OPTIONS NODE_PATH CI HTTP_PROXY
  HTTPS_PROXY ALL_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR SSH_AUTH_SOCK GIT_SSH GIT_SSH_COMMAND
  GIT_SSL_CAINFO DEBUG MOGPLEX_NPM_LOG_LEVEL MOGPLEX_NPM_REGISTRY
`)

/** The environment for a browser: what it needs, and nothing that could be a credential. */
export function browserEnvironment(env: Environment): Record<string, string> {
  return only(env, [...COMMON, ...FOR_BROWSER])
}

/** The environment for npm, which runs install scripts of third parties. */
export function npmEnvironment(env: Environment): Record<string, string> {
  return only(env, [...COMMON, ...FOR_NPM])
}

/**
 * The variables that match a list in which `*` ends a prefix; some systems ignore the case of
 * names.
 */
function only(env: Environment, names: readonly string[]): Record<string, string> {
  const exact = new Set(names)
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))
  const kept = Object.entries(env).filter(([variable, value]) => {
    const name = variable.toUpperCase()
    const isListed = exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix))
    return value !== undefined && isListed
  })
  return Object.fromEntries(kept) as Record<string, string>
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
