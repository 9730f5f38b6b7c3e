#!/usr/bin/env node
// Writes oclif.manifest.json for the plugin in the current folder: with it, the CLI need not import
// the plugin's commands to list them. `--remove` deletes it, for `postpack`: during development it
// would hide later changes.
import {Plugin, settings} from '@oclif/core'
import {readFile, rm, writeFile} from 'node:fs/promises'

const MANIFEST = 'oclif.manifest.json'

if (process.argv.includes('--remove')) await rm(MANIFEST, {force: true})
else await writeFile(MANIFEST, `${JSON.stringify(await readManifest(), undefined, 2)}\n`)

async function readManifest() {
  settings.enableAutoTranspile = false // use the packed files, whatever NODE_ENV says
  const plugin = new Plugin({
    type: 'user',
    root: process.cwd(),
    isRoot: true,
    pjson: JSON.parse(await readFile('package.json', 'utf8')),
    ignoreManifest: true,
    // otherwise a command that fails to load is left out with only a warning
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  return plugin.manifest
}
