'use strict'

// Preloaded by tests: stops this process once, before it renames `auth.json` into place.
const fs = require('node:fs')
const {syncBuiltinESMExports} = require('node:module')

const {renameSync} = fs
let isStopped = false

fs.renameSync = (from, to) => {
  if (!isStopped && to.endsWith('/auth.json')) {
    isStopped = true
    process.kill(process.pid, 'SIGSTOP')
  }
  renameSync(from, to)
}
syncBuiltinESMExports()
