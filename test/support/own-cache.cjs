'use strict'

// Preloaded by tests into the CLI: its code cache is enabled, as for users, but in a folder for
// tests. Elsewhere, MOGPLEX_CACHE=off keeps it out of the real home.
const os = require('node:os')
const {join} = require('node:path')

const {userInfo} = os
const {MOGPLEX_CACHE} = process.env

os.userInfo = () => {
  const user = userInfo()
  // bin/run.js asks for the user, and decides in the same turn whether to cache code.
  if (MOGPLEX_CACHE === 'off') {
    delete process.env.MOGPLEX_CACHE
    process.nextTick(() => {
      process.env.MOGPLEX_CACHE = MOGPLEX_CACHE
    })
  }
  return {...user, homedir: join(user.homedir, '.cache', 'mogplex-tests')}
}
