// Loaded first by Node for Windows: Wine has replaced the profile of the test with its own.
const {join} = require('node:path')
const {WINDOWS_PROFILE: profile, WINDOWS_NODE_OPTIONS: options} = process.env
if (profile) {
  process.env.USERPROFILE = profile
  process.env.APPDATA = join(profile, 'AppData', 'Roaming')
  process.env.LOCALAPPDATA = join(profile, 'AppData', 'Local')
  process.env.XDG_DATA_HOME ??= join(profile, '.local', 'share') // where tests put plugins
}
delete process.env.WINDOWS_PROFILE
delete process.env.WINDOWS_NODE_OPTIONS
if (options) process.env.NODE_OPTIONS = options
else delete process.env.NODE_OPTIONS
