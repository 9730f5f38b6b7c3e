import {build} from 'esbuild'
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {basename, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {bundlePlugin, corePluginsIn} from './bundle/core-plugins.js'
import {dependencyRules} from './bundle/dependency-rules.js'
import {entryOf} from './bundle/entry.js'
import {gotApart, gotEntry, lazyFormatters, withoutUnused} from './bundle/got.js'
import {lazyCrypto} from './bundle/lazy-crypto.js'
import {licensesOf} from './bundle/licenses.js'
import {patchedOclif} from './bundle/oclif-patches.js'
import {findPrograms} from './bundle/programs.js'
import {seldomEntry, withoutSeldom} from './bundle/seldom.js'

/**
 * Makes out of `src` what users run: see docs/architecture.md, "Start-up".
 *
 * @param {string} root - the folder of the CLI's package.json
 * @returns {Promise<Map<string, string>>} the files of `dist`, their texts by their names
 */
export async function bundle(root) {
  const pjson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const programs = findPrograms()
  const main = await bundleCommonJs(root, 'mogplex', {
    stdin: {contents: await entryOf(root), resolveDir: root, sourcefile: 'mogplex.js'},
    banner: {js: "const fileUrl = require('node:url').pathToFileURL(__filename).href;"},
    define: {'import.meta.url': 'fileUrl'},
    plugins: [
      ...[gotApart(), dependencyRules(root, pjson), programs.plugin, lazyCrypto()],
      ...[patchedOclif(), withoutSeldom()],
    ],
  })
  const seldom = await bundleCommonJs(root, 'seldom', {
    stdin: {contents: seldomEntry(), resolveDir: join(root, 'node_modules/@oclif/core')},
  })
  const got = await bundleCommonJs(root, 'got', {
    stdin: {contents: gotEntry(), resolveDir: root},
    plugins: [withoutUnused(), lazyFormatters()],
  })
  const others = await build({
    ...shared(root),
    entryPoints: [...programs.found],
    entryNames: '[name]',
    packages: 'external',
    format: 'esm',
  })
  const builds = [main, seldom, got, others]
  const warnings = builds.flatMap((each) => each.warnings.map(({text}) => text))
  if (warnings.length > 0) throw new Error(warnings.join('\n'))
  const files = builds.flatMap(({outputFiles}) => outputFiles)
  return new Map([
    ...files.map(({path, text}) => [basename(path), text]),
    ['licenses.txt', await licensesOf(root, [main.metafile, seldom.metafile, got.metafile])],
  ])
}

function bundleCommonJs(root, name, options) {
  return build({
    ...shared(root),
    entryNames: name,
    outExtension: {'.js': '.cjs'},
    format: 'cjs',
    alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'}, // its main file hides what it requires
    ...options,
  })
}

function shared(root) {
  return {
    absWorkingDir: root,
    outdir: 'dist',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minifyWhitespace: true,
    lineLimit: 160, // Node shows the line that an error was thrown in
    metafile: true,
    logLevel: 'silent', // what it would say is thrown
  }
}

/** Leaves nothing there that an earlier build made. */
async function writeFolder(folder, files) {
  await mkdir(folder, {recursive: true})
  for (const [name, text] of files) await writeFile(join(folder, name), text)
  const stale = (await readdir(folder)).filter(
    (name) => !files.has(name) && name !== '.tsbuildinfo',
  )
  for (const name of stale) await rm(join(folder, name), {recursive: true})
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  await writeFolder(join(root, 'dist'), await bundle(root))
  for (const folder of corePluginsIn(root)) {
    await writeFolder(join(root, folder, 'dist'), await bundlePlugin(root, folder))
  }
}
