'use strict'

const {reporters} = require('mocha/lib/mocha.cjs')

/** The spec reporter, and then one last line that a machine can read: the counts, alone. */
module.exports = class CountingReporter extends reporters.Spec {
  done(failures, end) {
    const {passes, failures: failed, pending} = this.stats
    reporters.Base.consoleLog(`${passes} passed, ${failed} failed, ${pending} skipped`)
    end(failures)
  }
}
