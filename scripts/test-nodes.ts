// `npm run test:nodes [VERSION]`: runs the built CLI of a few end-to-end tests on each Node that is
// promised. Nodes come from npm once, into a folder outside of the tree. The tests themselves run on
// the Node that started this: what they are written with need not run on each.
import {join} from 'node:path'
import {fetchPackage} from './nodes/fetch-package.js'
import {type Counts, countsText, runMocha, tellSum} from './nodes/run-mocha.js'

const VERSIONS = ['20.19.6', '22.23.5', '24.22.3', '26.12.1']
const SMOKE = [
  ...['app-story', 'attach', 'hot-swap', 'login-key', 'login-no-browser', 'logout'],
  ...['plugin-commands', 'prompt', 'proxy', 'refresh-storm', 'session-logs', 'whoami'],
].map((name) => `test/e2e/${name}.test.ts`)

const [wanted = ''] = process.argv.slice(2)
const all: Counts[] = []
for (const version of VERSIONS.filter((each) => each.startsWith(wanted))) all.push(runOn(version))
tellSum(all)

function runOn(version: string): Counts {
  const [counts, more] = attempt(version)
  console.log(`Node ${version}: ${more ?? countsText(counts)}`)
  return counts
}

function attempt(version: string): [counts: Counts, why?: string] {
  const name = `node-${process.platform}-${process.arch}`
  let node: string
  try {
    node = join(fetchPackage(name, version), 'bin', 'node')
  } catch {
    return [{passed: 0, failed: 0, skipped: 1}, `skipped (${name} cannot be fetched from npm)`]
  }
  return [runMocha(SMOKE, {env: {NODE_UNDER_TEST: node}, args: ['--parallel', '--jobs', '2']})]
}
