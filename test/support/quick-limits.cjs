'use strict'

// Preloaded by tests: a time limit of this process ends after a fifth of the time.
const later = globalThis.setTimeout
globalThis.setTimeout = (work, milliseconds, ...rest) => later(work, milliseconds / 5, ...rest)
