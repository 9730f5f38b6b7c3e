// `npm run package:report`: packs the published packages, installs the CLI in an empty folder as a
// careful user would, and writes the sizes into docs/package.md. With `-- --check` nothing is
// written: it fails where the page differs. `-- --sbom FILE` writes the bill of materials there.
import {execFile} from 'node:child_process'
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs, promisify} from 'node:util'
import {type Installed, installedPackages} from './package-report/installed-packages.js'
import {packageTables, type Packed, withTables} from './package-report/tables.js'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGE = join(ROOT, 'docs', 'package.md')
/** The size limit of our own package, unpacked. */
const MAX_BYTES = 2 * 1000 * 1000

const {values} = parseArgs({options: {check: {type: 'boolean'}, sbom: {type: 'string'}}})
const folder = await mkdtemp(join(tmpdir(), 'mogplex-package-'))
try {
  const packed = await packAll()
  const [cli] = packed
  if (cli === undefined) throw new Error('Nothing was packed.')
  const installed = await install(cli)
  console.log(packageTables(packed, installed))
  for (const {name, version, license, bytes} of installed)
    console.log(`${name}@${version}  ${license}  ${Math.round(bytes / 1000)} kB`)
  if (values.sbom !== undefined) {
    await writeFile(values.sbom, await npm(['sbom', '--sbom-format=cyclonedx'], folder))
  }
  if (cli.unpacked > MAX_BYTES) throw new Error(`${cli.name} has ${cli.unpacked} bytes unpacked.`)
  await writePage(packed, installed)
} finally {
  await rm(folder, {recursive: true, force: true})
}

async function writePage(
  packed: readonly Packed[],
  installed: readonly Installed[],
): Promise<void> {
  const before = await readFile(PAGE, 'utf8')
  const page = withTables(before, packageTables(packed, installed))
  if (values.check !== true) await writeFile(PAGE, page)
  else if (page !== before) throw new Error('docs/package.md is old: run `npm run package:report`.')
}

/** The CLI first, then every workspace that is not private. */
async function packAll(): Promise<Packed[]> {
  const workspaces = await Promise.all(
    ['packages', 'plugins'].map(async (parent) => {
      const names = await readdir(join(ROOT, parent))
      return names.map((name) => join(ROOT, parent, name))
    }),
  )
  const all: Packed[] = []
  for (const each of [ROOT, ...workspaces.flat()]) {
    const pjson = JSON.parse(await readFile(join(each, 'package.json'), 'utf8')) as {
      private?: boolean
    }
    if (pjson.private !== true) all.push(await pack(each))
  }
  return all
}

async function pack(path: string): Promise<Packed> {
  const said = await npm(['pack', '--json', '--pack-destination', folder], path)
  // Scripts may have printed before.
  const [facts] = JSON.parse(said.slice(said.lastIndexOf('\n[') + 1)) as [
    {name: string; filename: string; size: number; unpackedSize: number; entryCount: number},
  ]
  const {name, filename, size, unpackedSize, entryCount} = facts
  return {
    name,
    file: join(folder, filename),
    packed: size,
    unpacked: unpackedSize,
    files: entryCount,
  }
}

/** Without install scripts, and without optional packages: it has to work that way. */
async function install({file}: Packed): Promise<Installed[]> {
  const rules = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund']
  await writeFile(
    join(folder, 'package.json'),
    '{"name": "installed", "version": "0.0.0", "private": true}',
  )
  await npm(['install', '--prefer-offline', ...rules, file], folder)
  const env = {PATH: process.env.PATH, HOME: folder}
  const {stdout} = await run(join(folder, 'node_modules', '.bin', 'mogplex'), ['--version'], {env})
  if (!stdout.startsWith('@mogplex/cli/')) throw new Error(`It does not run: ${stdout}`)
  return installedPackages(folder)
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const {stdout} = await run('npm', [...args], {cwd, maxBuffer: 64 * 1024 * 1024})
  return stdout
}
