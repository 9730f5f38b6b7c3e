import {buildSync} from 'esbuild'
import {execFileSync, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {cacheFolder} from '../nodes/fetch-package.js'
import {type Counts, countsIn, ROOT} from '../nodes/run-mocha.js'
import {WINE, wineEnvironment, type Wine} from './wine.js'

const MANIFESTS = /(^|\/)package(-lock)?\.json$/
const SOURCES = /^(src|test|scripts|(plugins|packages)\/[^/]+\/src)\/.*(?<!\.d)\.ts$/
const BESIDE = /^(bin|completion|docs|examples|packages|plugins|test)\/|^[^/]+\.(md|json)$/
const BUILT = ['dist', 'packages/local-cloud/dist', 'packages/plugin-kit/dist']
const MORE_BUILT = ['packages/redaction/dist', 'plugins/runs/dist', 'plugins/skills/dist']
/** It compiles with esbuild, of which Wine runs no program. */
const LEFT_OUT = 'test/unit/adapters/signals.test.js'
const REQUIRED = ['./test/support/import-tests.cjs', './test/support/setup.js']

/** Runs the unit tests inside of Wine, on a tree that has Windows' packages and JavaScript alone. */
export function runUnitTests({node, prefix}: Wine): Counts {
  const tree = join(cacheFolder(), 'windows-tree')
  fill(tree)
  const drive = join(prefix, 'dosdevices', 'u:') // on Z, tests would see Linux' /proc
  if (!existsSync(drive)) symlinkSync(tree, drive)
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--exit', '--timeout', '30000']
  const requires = REQUIRED.flatMap((file) => ['--require', file])
  const reporter = ['--reporter', './test/support/reporter.cjs']
  const args = [...mocha, ...requires, ...reporter, 'test/unit/**/*.test.js']
  const [out, err] = ['out', 'err'].map((name) => `'${join(cacheFolder(), `windows-${name}`)}'`)
  // Windows' Node takes no pipe of this system: files are between.
  const line = `exec ${WINE} "$@" >${out ?? ''} 2>${err ?? ''} </dev/null`
  const named = `Z:${node.replaceAll('/', '\\')}`
  spawnSync('sh', ['-c', line, 'sh', named, ...args], {cwd: tree, env: wineEnvironment(prefix)})
  const [stdout = '', stderr = ''] = ['out', 'err'].map((name) =>
    readFileSync(join(cacheFolder(), `windows-${name}`), 'utf8'),
  )
  return countsIn(stdout, stderr)
}

function fill(tree: string): void {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).split('\n')
  const files = listed.filter((path) => path !== '' && existsSync(join(ROOT, path)))
  install(
    tree,
    files.filter((path) => MANIFESTS.test(path)),
  )
  for (const folder of ['src', 'test', 'dist'])
    rmSync(join(tree, folder), {recursive: true, force: true})
  for (const path of files) if (BESIDE.test(path) && !path.endsWith('.ts')) copy(tree, path)
  for (const path of [...BUILT, ...MORE_BUILT]) if (existsSync(join(ROOT, path))) copy(tree, path)
  buildSync({
    entryPoints: files.filter((path) => SOURCES.test(path)),
    absWorkingDir: ROOT,
    outdir: tree,
    outbase: ROOT,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  })
  rmSync(join(tree, LEFT_OUT))
}

/** Once for each lockfile. */
function install(tree: string, manifests: readonly string[]): void {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  const stamp = hash.digest('hex')
  const stampFile = join(tree, 'installed')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  rmSync(tree, {recursive: true, force: true})
  for (const path of manifests) copy(tree, path)
  const options = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', ['ci', ...options], {cwd: tree, stdio: 'pipe'})
  writeFileSync(stampFile, stamp)
}

function copy(tree: string, path: string): void {
  mkdirSync(dirname(join(tree, path)), {recursive: true})
  cpSync(join(ROOT, path), join(tree, path), {recursive: true})
}
