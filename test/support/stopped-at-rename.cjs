'use strict'

// Preloaded by tests: this process stops before it puts `auth.json` into place, once.
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
