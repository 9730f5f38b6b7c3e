// `node scripts/together.js SCRIPT… LAST`: runs npm scripts in parallel, since most of them use one
// processor. The output of LAST is printed as it comes; that of the others only if they fail.
import {spawn} from 'node:child_process'
import {once} from 'node:events'

const [, , ...names] = process.argv
const last = names.at(-1)

const failed = await Promise.all(names.map(async (name) => ((await run(name)) ? [] : [name])))
for (const name of failed.flat()) console.error(`npm run ${name} failed.`)
if (failed.flat().length > 0) process.exitCode = 1

/** @returns whether it succeeded */
async function run(name) {
  const output = name === last ? 'inherit' : 'pipe'
  const child = spawn('npm', ['run', '--silent', name], {
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32', // on Windows it is npm.cmd
  })
  const printed = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece) => printed.push(piece))
  const [code] = await once(child, 'close')
  if (code !== 0) process.stderr.write(Buffer.concat(printed))
  return code === 0
}
