// A separate process, so that the browser inherits the environment that was prepared for it.
import open from 'open'

const [, , address = ''] = process.argv
const launcher = await open(address)
const tell = (code: number | null): void => {
  process.exitCode = code ?? 1
}
// On Windows, and from WSL, the launcher has exited by now.
if (launcher.exitCode === null) {
  launcher.once('exit', tell)
  launcher.ref()
} else tell(launcher.exitCode)
