'use strict'

// Preloaded by tests: shortens the time limits that MOGPLEX_TEST_QUICK_LIMITS lists, in
// milliseconds, to a fifth. All others stay: this machine may be busy.
const limits = new Set((process.env.MOGPLEX_TEST_QUICK_LIMITS ?? '').split(',').map(Number))

const later = globalThis.setTimeout
globalThis.setTimeout = (work, milliseconds, ...rest) =>
  later(work, limits.has(milliseconds) ? milliseconds / 5 : milliseconds, ...rest)
