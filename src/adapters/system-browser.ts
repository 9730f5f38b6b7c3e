// A process of its own, so that the browser inherits the environment that was made for it.
import open from 'open'

const [, , address = ''] = process.argv
const launcher = await open(address)
launcher.once('exit', (code) => {
  process.exitCode = code ?? 1
})
launcher.ref()
