#!/usr/bin/env node
// Writes oclif.manifest.json for the plugin in the current folder: with it, the CLI need not import
// the plugin's commands to know them. `--remove` takes it away again, for `postpack`: in the folder
// where a plugin is made it would hide what was changed since.
import {Plugin, settings} from '@oclif/core'
import {readFile, rm, writeFile} from 'node:fs/promises'

const MANIFEST = 'oclif.manifest.json'

if (process.argv.includes('--remove')) await rm(MANIFEST, {force: true})
else await writeFile(MANIFEST, `${JSON.stringify(await readManifest(), undefined, 2)}\n`)

async function readManifest() {
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
  return plugin.manifest
}
