// What the CLI refuses to do for a plugin, before any action: the fake session refuses the same.
export {
  BadEventError,
  BadNameError,
  BadPathError,
  requestPath,
  requireEvent,
  requireName,
} from './session-rules.js'
