import {build} from 'esbuild'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {basename, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {commonJs} from './bundle/common-js.js'
import {corePluginsIn, fileOfPlugin} from './bundle/core-plugins.js'
import {dependencyRules, isOutside} from './bundle/dependency-rules.js'
import {entryOf} from './bundle/entry.js'
import {gotApart, gotEntry, lazyFormatters, withoutUnused} from './bundle/got.js'
import {licensesOf} from './bundle/licenses.js'
import {assertPatched, patchedOclif} from './bundle/oclif-patches.js'
import {builtinsOnce, HEAD, leftToOthers, modulesText, TAIL, withoutArrows} from './bundle/parts.js'
import {packedPositions} from './bundle/positions.js'
import {programsIn} from './bundle/programs.js'

const FILE_URL = "require('node:url').pathToFileURL(__filename).href"
const HOT_MODULES = new URL('bundle/hot-modules.json', import.meta.url)

/**
 * Builds from `src` what users run: see docs/architecture.md, "Start-up".
 *
 * @param {string} root - the folder of the CLI's package.json
 * @param {{hot: string[], warm: string[]}} [modules] - the modules in `mogplex.cjs` and in
 *   `warm.cjs`, by paths from `root`; all others that they import are in `later.cjs`
 * @returns {Promise<Map<string, string>>} the files of `dist`, by name
 */
export async function bundle(root, modules) {
  const pjson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const listed = modules ?? JSON.parse(await readFile(HOT_MODULES, 'utf8'))
  const [hot, warm] = [listed.hot, listed.warm].map(
    (ids) => new Set(ids.filter((id) => existsSync(join(root, id)))),
  )
  const fileOf = (id) => (hot.has(id) ? 'mogplex.cjs' : warm.has(id) ? 'warm.cjs' : undefined)
  const minify = modules === undefined // otherwise the caller needs the names
  const programs = new Set()
  const patches = new Set()
  const late = new Set()

  const part = (name, contents, fileOf, options = {}) =>
    built({
      ...commonJsFile(root, name),
      minify,
      stdin: {contents, resolveDir: root, sourcefile: name},
      sourcemap: 'external',
      sourcesContent: false,
      banner: {js: HEAD},
      footer: {js: TAIL},
      plugins: [
        gotApart(),
        builtinsOnce(),
        dependencyRules(root),
        leftToOthers(root, fileOf, late),
        commonJs(patched, (name, importer) => isOurs(importer) && isOutside(name, pjson)),
      ],
      ...options,
    })
  const isOurs = (path) => path.startsWith(join(root, 'src', '/'))
  const patched = (text, path) => {
    if (/[\\/]@oclif[\\/]core[\\/]lib[\\/]/.test(path)) return patchedOclif(text, path, patches)
    if (!isOurs(path)) return text
    for (const program of programsIn(text, path)) programs.add(program)
    return text.replaceAll('import.meta.url', FILE_URL)
  }

  const main = await part('mogplex', `${await entryOf(root)}\n${modulesText(hot)}`, (id) =>
    hot.has(id) ? undefined : (fileOf(id) ?? 'later.cjs'),
  )
  const second = await part('warm', modulesText(warm), (id) =>
    warm.has(id) ? undefined : (fileOf(id) ?? 'later.cjs'),
  )
  const plugins = await Promise.all(
    corePluginsIn(root).map((folder) =>
      part(
        fileOfPlugin(folder),
        `module.exports = require('./${folder}/src/commands.ts')`,
        (id) => fileOf(id) ?? (isOfHouse(id) ? 'later.cjs' : undefined),
      ),
    ),
  )
  const later = await part('later', modulesText(late), fileOf)
  assertPatched(patches)
  const got = await built({
    ...commonJsFile(root, 'got'),
    stdin: {contents: gotEntry(), resolveDir: root},
    banner: {js: HEAD},
    footer: {js: TAIL},
    minify: true,
    plugins: [withoutUnused(), lazyFormatters()],
  })
  const compiled = [main, second, later, ...plugins, got]
  const start = await part(
    'start',
    'module.exports = require("./src/host/start/start.ts")',
    () => undefined,
    {
      define: {BUILD: JSON.stringify(hashOf(compiled))},
      banner: {js: 'const __import = (name) => import(name);'},
      footer: {},
      sourcemap: false,
    },
  )
  const others = await built({
    ...shared(root),
    entryPoints: [...programs],
    entryNames: '[name]',
    packages: 'external',
    format: 'esm',
  })
  const builds = [...compiled, start, others]
  const warnings = builds.flatMap((each) => each.warnings.map(({text}) => text))
  if (warnings.length > 0) throw new Error(warnings.join('\n'))
  const files = builds.flatMap(({outputFiles}) => outputFiles)
  return new Map([
    ...files.map(({path, text}) => [basename(path).replace(/\.map$/, '.positions'), text]),
    [
      'licenses.txt',
      await licensesOf(
        root,
        builds.map(({metafile}) => metafile),
      ),
    ],
  ])
}

async function built(options) {
  const {outputFiles, ...result} = await build(options)
  return {
    ...result,
    outputFiles: outputFiles.map(({path, text}) => ({path, text: textOf(path, text)})),
  }
}

function textOf(path, text) {
  if (path.endsWith('.map')) return packedPositions(text)
  return path.endsWith('.cjs') ? withoutArrows(text) : text
}

/** Identifies this build in the names of compiled code. */
function hashOf(builds) {
  const hash = createHash('sha256')
  for (const {outputFiles} of builds)
    for (const {path, text} of outputFiles) if (path.endsWith('.cjs')) hash.update(text)
  return hash.digest('hex').slice(0, 16)
}

/** Modules that our plugins share with the CLI: the kit, and oclif. */
function isOfHouse(id) {
  return id.startsWith('packages/') || id.includes('node_modules/@oclif/core/')
}

function commonJsFile(root, name) {
  return {
    ...shared(root),
    entryNames: name,
    outExtension: {'.js': '.cjs'},
    format: 'cjs',
    alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'}, // its main file hides its requires
  }
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
    logLevel: 'silent', // its messages are in the thrown error
  }
}

/** Removes the files of earlier builds. */
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
}
