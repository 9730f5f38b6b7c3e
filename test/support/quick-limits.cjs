'use strict'

// Preloaded by tests: of this process, the time limits that MOGPLEX_TEST_QUICK_LIMITS lists, in
// milliseconds, end after a fifth of the time. All others stay: this machine may be busy.
const limits = new Set((process.env.MOGPLEX_TEST_QUICK_LIMITS ?? '').split(',').map(Number))

const later = globalThis.setTimeout
globalThis.setTimeout = (work, milliseconds, ...rest) =>
  later(work, limits.has(milliseconds) ? milliseconds / 5 : milliseconds, ...rest)
