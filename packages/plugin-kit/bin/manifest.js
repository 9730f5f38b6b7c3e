#!/usr/bin/env node
// Writes oclif.manifest.json for the plugin in the current folder: with it, the CLI need not import
// the plugin's commands to know them.
import {Plugin, settings} from '@oclif/core'
import {readFile, writeFile} from 'node:fs/promises'

settings.enableAutoTranspile = false // what is packed, whatever NODE_ENV says
const plugin = new Plugin({
  type: 'user',
  root: process.cwd(),
  isRoot: true,
  pjson: JSON.parse(await readFile('package.json', 'utf8')),
  ignoreManifest: true,
  errorOnManifestCreate: true, // else a command that fails to load is left out with a warning
  respectNoCacheDefault: true,
})
await plugin.load()
await writeFile('oclif.manifest.json', `${JSON.stringify(plugin.manifest, undefined, 2)}\n`)
