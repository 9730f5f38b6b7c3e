#!/usr/bin/env node
// Every version of Node must be able to parse this file, so that old ones get a message: ES5 only.
var path = require('path')

var NEEDED = [20, 19] // as in `engines` of package.json

if (isTooOld(process.versions.node)) {
  var versions = NEEDED.join('.') + ' or later, and this is Node ' + process.versions.node
  console.error('mogplex needs Node ' + versions + '.')
  process.exitCode = 1
} else {
  start(findUser())
}

function isTooOld(version) {
  var parts = version.split('.').map(Number)
  return parts[0] < NEEDED[0] || (parts[0] === NEEDED[0] && parts[1] < NEEDED[1])
}

/** The user in the system's database, which may not contain them, as in containers. */
function findUser() {
  var env = process.env
  // oclif reads its folders from HOME as soon as it is loaded: an empty or a relative HOME would
  // mean the current folder.
  if (env.HOME !== undefined && !path.isAbsolute(env.HOME)) delete env.HOME
  try {
    return require('os').userInfo()
  } catch (_error) {
    // oclif asks the system, too, where these are not set.
    if (env.HOME === undefined) env.HOME = '/'
    if (env.SHELL === undefined) env.SHELL = '/bin/sh'
    return undefined
  }
}

function start(user) {
  // On a promise that never settles, Node ends an ES module with 13, and this one with 0.
  var settled = false
  process.once('beforeExit', function () {
    if (!settled) process.exitCode = 13
  })

  var root = path.join(__dirname, '..')
  require('../dist/start.cjs')
    .start(process.argv.slice(2), root, user)
    .finally(function () {
      settled = true
    })
}
