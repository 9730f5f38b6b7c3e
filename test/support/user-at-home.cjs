'use strict'

// Preloaded by tests: the user's home in the system's database is HOME, and nobody else can write
// to the folders above, as if tests did not run below /tmp.
const fs = require('node:fs')
const os = require('node:os')

const {lstatSync} = fs
const {userInfo} = os
const {HOME} = process.env

os.userInfo = () => ({...userInfo(), homedir: HOME})
fs.lstatSync = (path, ...rest) => {
  const stats = lstatSync(path, ...rest)
  return String(path).startsWith(HOME) ? stats : Object.assign(stats, {uid: 0, mode: 0o40755})
}
