import {join} from 'node:path'

/**
 * The variables that define a user's home, on every system. Where one of them is unset, Node on
 * Windows uses that of the current user. The CLI then finds `~/.mogplex` in it by itself, as it
 * does for its users, without `MOGPLEX_HOME`.
 */
export function homeVariables(home: string): Record<string, string> {
  return {
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
  }
}

/** The same, and every other variable that sets a storage location. */
export function ownFolders(home: string) {
  return {
    ...homeVariables(home),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    MOGPLEX_HOME: join(home, '.mogplex'),
  }
}
