'use strict'

// Preloaded by tests: the clock of this process is ahead by MOGPLEX_TEST_SHIFT_MS.
const shift = Number(process.env.MOGPLEX_TEST_SHIFT_MS)
const RealDate = Date

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shift)
    else super(...args)
  }

  static now() {
    return RealDate.now() + shift
  }
}
