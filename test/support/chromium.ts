import {execFile} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {projectRoot} from './cli-environment.js'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const UNPACK = `
  const {default: chromium} = await import('@sparticuz/chromium')
  await chromium.executablePath()
`

/**
 * The package contains fonts, and a configuration that looks for them in the temporary folder,
 * where they are not. Without a font, text has no size: Playwright considers it hidden. Its font
 * cache is placed in the home of the browser: `relative` would be the working folder here.
 */
const FONTS_FILE = 'test-fonts.conf'
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

export interface Chromium {
  program: string
  env: Record<string, string>
}

/** Every Chromium that may be available, best first; the last one comes from an npm package. */
export async function* chromiums(chosen = process.env.CHROME_PATH): AsyncGenerator<Chromium> {
  if (chosen) {
    yield {program: chosen, env: {}}
    return // an explicit choice is used, or an error
  }
  for (const program of INSTALLED) if (existsSync(program)) yield {program, env: {}}
  if (process.platform === 'linux' && process.arch === 'x64') yield packaged()
}

/** Unpacks the browser of `@sparticuz/chromium` once, and finds it unpacked afterwards. */
async function packaged(): Promise<Chromium> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const manifest = await readFile(join(dirname(entry), '..', '..', 'package.json'), 'utf8')
  const {version} = JSON.parse(manifest) as {version: string}
  const folder = join(projectRoot, 'node_modules', '.cache', `chromium-${version}`)
  if (!existsSync(folder)) await unpackInto(folder)
  const FONTCONFIG_FILE = join(folder, FONTS_FILE)
  if (!existsSync(FONTCONFIG_FILE)) await putFonts(FONTCONFIG_FILE)
  return {program: join(folder, 'chromium'), env: {FONTCONFIG_FILE}}
}

/** Completely or not at all: other runs use it. */
async function putFonts(path: string): Promise<void> {
  const fresh = `${path}.${process.pid}`
  await writeFile(fresh, FONTS)
  await rename(fresh, path)
}

/**
 * The package unpacks into the temporary folder, and accepts any existing file of its name as
 * complete. So it gets a separate folder, which is renamed when it is complete.
 */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), {recursive: true})
  const fresh = await mkdtemp(`${folder}.`)
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      cwd: projectRoot,
      env: {PATH: process.env.PATH, HOME: fresh, TMPDIR: fresh},
    })
    await rename(fresh, folder)
  } catch (error) {
    await rm(fresh, {recursive: true, force: true})
    if (!existsSync(folder)) throw error // otherwise another run was faster
  }
}
