// What the CLI refuses to do for a plugin, before it does anything: the fake session refuses the same.
export {BadEventError, BadPathError, requestPath, requireEvent} from './session-rules.js'
