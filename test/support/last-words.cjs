'use strict'

// Preloaded by tests: this process writes to standard error once more, at the time in LAST_WORDS:
// at `beforeExit`, or in a `timer` that fires after the command has ended.
const {writeSync} = require('node:fs')

const say = () => writeSync(2, 'last words\n')
if (process.env.LAST_WORDS === 'beforeExit') process.once('beforeExit', say)
else setTimeout(say, 1000)
