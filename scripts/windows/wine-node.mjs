// Connects a test on Linux with Node for Windows under Wine. That Node cannot use Linux pipes for
// its standard streams, so files are used instead; and paths are translated.
import {spawn} from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {clearInterval, setInterval} from 'node:timers'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

// A separate drive: on Z, which is Linux' root, the CLI would see /proc and /.dockerenv.
const TEMPORARY = realpathSync(tmpdir())
const LOOK_MS = 20
const WINE = '/usr/lib/wine/wine64'
const PROFILE = fileURLToPath(new URL('profile.cjs', import.meta.url))
const PATH_OF_WINDOWS = /(?:[TZ]:|~)(?:\\{1,2}(?:[\w.@+-]+(?: [\w.@+-]+)*(?=\\)|[\w.@+-]+))+/g

// A test's preload is for the other Node; see writeNodeProgram.
const {WINDOWS_NODE_OPTIONS: options = '', ...env} = process.env
const [, , node, prefix, ...args] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'mogplex-wine-'))
const input = join(folder, 'in')
// A key comes whole, followed by the end. Otherwise the input is empty.
writeFileSync(input, args.includes('--with-api-key') ? await allOf(process.stdin) : '')
const outputs = ['out', 'err'].map((name) => join(folder, name))

const preloads = `--require ${JSON.stringify(windowsPath(PROFILE).replaceAll('\\', '/'))}`
const wanted = options.replaceAll(/(?<=^|[\s"=])\/(?=\w)/g, 'Z:/')
const [stdin, stdout, stderr] = [
  openSync(input, 'r'),
  ...outputs.map((path) => openSync(path, 'w')),
]
const child = spawn(WINE, [windowsPath(node), ...args.map(windowsPath)], {
  stdio: [stdin, stdout, stderr],
  env: {
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, windowsPath(value)])),
    PATH: env.PATH ?? '',
    MSYSTEM: 'MINGW64', // commands in Bash syntax, as on this system
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    NODE_SKIP_PLATFORM_CHECK: '1',
    NODE_OPTIONS: `${preloads} ${wanted}`.trim(),
    WINDOWS_NODE_OPTIONS: wanted,
    WINDOWS_PROFILE: windowsPath(env.HOME ?? ''),
  },
})
const tails = outputs.map((path, index) => tail(path, [process.stdout, process.stderr][index]))
const timer = setInterval(() => tails.forEach((copy) => copy(false)), LOOK_MS)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill('SIGKILL'))
child.on('exit', (code, signal) => {
  clearInterval(timer)
  for (const copy of tails) copy(true)
  for (const file of [stdin, stdout, stderr]) closeSync(file)
  rmSync(folder, {recursive: true, force: true})
  if (signal !== null) process.stderr.write(`Wine was ended by ${signal}.\n`)
  process.exitCode = code ?? 1
})

/** Translates a path of this system; any other text stays unchanged. */
function windowsPath(text) {
  if (!text.startsWith('/') || !(existsSync(text) || existsSync(dirname(text)))) return text
  const isBelow = text.startsWith(`${TEMPORARY}/`)
  return `${isBelow ? `T:${text.slice(TEMPORARY.length)}` : `Z:${text}`}`.replaceAll('/', '\\')
}

/** Copies what is appended to a file, by whole lines; tests expect paths of this system. */
function tail(path, stream) {
  const file = openSync(path, 'r')
  const chunk = Buffer.alloc(65_536)
  let rest = Buffer.alloc(0)
  return (isLast) => {
    for (;;) {
      const length = readSync(file, chunk, 0, chunk.length, null)
      if (length === 0) break
      rest = Buffer.concat([rest, chunk.subarray(0, length)])
    }
    const end = isLast ? rest.length : rest.lastIndexOf(0x0a) + 1
    const text = rest.subarray(0, end).toString()
    rest = rest.subarray(end)
    if (text !== '') stream.write(text.replaceAll(PATH_OF_WINDOWS, linuxPath))
    if (isLast) closeSync(file)
  }
}

function linuxPath(path) {
  return path
    .replace(/^Z:/, '')
    .replace(/^T:/, TEMPORARY)
    .replaceAll(/\\{1,2}/g, '/')
}

async function allOf(stream) {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
