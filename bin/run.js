#!/usr/bin/env node
const {userInfo} = require('node:os')
const {isAbsolute, join} = require('node:path')

// oclif looks for its folders in HOME as soon as it is loaded: an empty or a relative one would mean
// the folder that the user stands in.
if (process.env.HOME !== undefined && !isAbsolute(process.env.HOME)) delete process.env.HOME
// It also asks the system for the user's home and shell, which fails for a user whom the system does
// not know, as containers have them.
try {
  userInfo()
} catch {
  process.env.HOME ??= '/'
  process.env.SHELL ??= '/bin/sh'
}

// Where all waits for what never comes, Node ends an ES module with 13, and this one with 0.
let settled = false
process.once('beforeExit', () => {
  if (!settled) process.exitCode = 13
})

const {launch} = require('../dist/mogplex.cjs')
void launch(process.argv.slice(2), join(__dirname, '..')).finally(() => {
  settled = true
})
