'use strict'

const {reporters} = require('mocha/lib/mocha.cjs')

/** The spec reporter, followed by a last line for machines that contains only the counts. */
module.exports = class CountingReporter extends reporters.Spec {
  done(failures, end) {
    const {passes, failures: failed, pending} = this.stats
    reporters.Base.consoleLog(`${passes} passed, ${failed} failed, ${pending} skipped`)
    end(failures)
  }
}
