'use strict'

// Preloaded by tests: at its end, the process writes the Node modules that it has loaded into the
// file that TOLD_MODULES names.
const {writeFileSync} = require('node:fs')

process.once('exit', () => {
  writeFileSync(process.env.TOLD_MODULES, process.moduleLoadList.join('\n'))
})
