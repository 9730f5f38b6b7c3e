'use strict'

// Preloaded by tests: this process pauses for a tenth of the time between two requests. How long its
// pauses are is a matter of the unit tests; time limits stay as they are.
const timers = require('node:timers/promises')

const {setTimeout: wait} = timers
timers.setTimeout = (milliseconds, ...rest) => wait(milliseconds / 10, ...rest)
