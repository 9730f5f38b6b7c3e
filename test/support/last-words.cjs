'use strict'

// Preloaded by tests: this process writes to standard error once more, by what LAST_WORDS names: at
// `beforeExit`, or behind a `timer` that ends after the command has.
const {writeSync} = require('node:fs')

const say = () => writeSync(2, 'last words\n')
if (process.env.LAST_WORDS === 'beforeExit') process.once('beforeExit', say)
else setTimeout(say, 1000)
