#!/usr/bin/env node
import {userInfo} from 'node:os'
import {isAbsolute} from 'node:path'

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

const {launch} = await import('../dist/launcher.js')
await launch(process.argv.slice(2), import.meta.url)
