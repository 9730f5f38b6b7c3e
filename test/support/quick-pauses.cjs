'use strict'

// Preloaded by tests: shortens the pauses between two requests to a tenth. The length of pauses is
// covered by the unit tests; time limits stay unchanged.
const timers = require('node:timers/promises')

const {setTimeout: wait} = timers
timers.setTimeout = (milliseconds, ...rest) => wait(milliseconds / 10, ...rest)
