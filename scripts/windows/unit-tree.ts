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
import {staleTitles} from '../../test/support/posix-only.js'
import {type Counts, countsIn, ROOT} from '../nodes/run-mocha.js'
import {WINE, wineEnvironment, type Wine} from './wine.js'

const MANIFESTS = /(^|\/)package(-lock)?\.json$/
const SOURCES = /^(src|test|scripts|(plugins|packages)\/[^/]+\/(src|test))\/.*(?<!\.d)\.ts$/
const BESIDE = /^(bin|completion|docs|examples|packages|plugins|src|test)\/|^[^/]+\.(md|json)$/
/** The files of the build, which git ignores. */
const BUILT = /^([^/]+\/[^/]+\/)?(dist\/|oclif\.manifest\.json)$/
/** The patterns of `npm run test:unit`. */
const TESTS = [
  'test/unit/**/*.test.js',
  'packages/{plugin-kit,redaction}/test/**/*.test.js',
  'plugins/*/test/**/*.test.js',
]
const REQUIRED = ['./test/support/import-tests.cjs', './test/support/setup.js']

/** Runs the unit tests inside Wine, on a copy with Windows' packages, and compiled JavaScript. */
export function runUnitTests({node, prefix}: Wine): Counts {
  const tree = join(cacheFolder(), 'windows-tree')
  fill(tree)
  const drive = join(prefix, 'dosdevices', 'u:') // on Z, tests would see Linux' /proc
  if (!existsSync(drive)) symlinkSync(tree, drive)
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--exit', '--timeout', '30000']
  const requires = REQUIRED.flatMap((file) => ['--require', file])
  const reporter = ['--reporter', './test/support/reporter.cjs']
  const args = [...mocha, ...requires, ...reporter, ...TESTS]
  const [out, err] = ['out', 'err'].map((name) => `'${join(cacheFolder(), `windows-${name}`)}'`)
  // Node for Windows cannot use Linux pipes: files are used instead.
  const line = `exec ${WINE} "$@" >${out ?? ''} 2>${err ?? ''} </dev/null`
  const named = `Z:${node.replaceAll('/', '\\')}`
  spawnSync('sh', ['-c', line, 'sh', named, ...args], {cwd: tree, env: wineEnvironment(prefix)})
  const [stdout = '', stderr = ''] = ['out', 'err'].map((name) =>
    readFileSync(join(cacheFolder(), `windows-${name}`), 'utf8'),
  )
  const counts = countsIn(stdout, stderr)
  const stale = staleTitles(stdout)
  for (const title of stale) console.log(`Nothing is skipped by this title: ${title}`)
  return {...counts, failed: counts.failed + stale.length}
}

function fill(tree: string): void {
  const files = listed('-co').filter((path) => existsSync(join(ROOT, path)))
  const manifests = files.filter((path) => MANIFESTS.test(path))
  install(tree, manifests)
  for (const folder of new Set(manifests.map(dirname)))
    for (const name of ['src', 'test', 'dist'])
      rmSync(join(tree, folder, name), {recursive: true, force: true})
  for (const path of files) if (BESIDE.test(path)) copy(tree, path)
  for (const path of listed('-oi', '--directory')) if (BUILT.test(path)) copy(tree, path)
  buildSync({
    entryPoints: files.filter((path) => SOURCES.test(path)),
    absWorkingDir: ROOT,
    outdir: tree,
    outbase: ROOT,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  })
}

/** Files of the repository, as git names them. */
function listed(...options: readonly string[]): string[] {
  const args = ['ls-files', '--exclude-standard', ...options]
  const text = execFileSync('git', args, {cwd: ROOT, encoding: 'utf8'})
  return text.split('\n').filter((path) => path !== '')
}

/** Once per lockfile. */
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
