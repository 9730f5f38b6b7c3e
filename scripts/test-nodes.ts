// `npm run test:nodes [VERSION]`, `npm run test:smoke` (with `--here`: on this Node): runs the
// built CLI of a few end-to-end tests on each supported Node. Nodes come from npm once, into a
// folder outside the repository. The tests themselves run on the Node that started this: their
// dependencies need not support each version.
import {join} from 'node:path'
import {fetchPackage} from './nodes/fetch-package.js'
import {type Counts, countsText, runMocha, tellSum} from './nodes/run-mocha.js'

/** The oldest and the newest first: there may not be time for all. */
const VERSIONS = ['20.19.6', '26.12.1', '24.22.3', '22.23.5']
const SMOKE = [
  'app-story',
  'attach',
  'hot-swap',
  'login-key',
  'login-no-browser',
  'logout',
  'plugin-commands',
  'prompt',
  'proxy',
  'refresh-storm',
  'session-logs',
  'whoami',
].map((name) => `test/e2e/${name}.test.ts`)

let longest = 0

const [wanted = ''] = process.argv.slice(2)
/** The total time limit in seconds; a version that would exceed it is skipped. */
const BUDGET = Number(process.env.TEST_NODES_SECONDS ?? Infinity)
const PARALLEL = ['--parallel', '--jobs', '2']
if (wanted === '--here') tellSum([runMocha(SMOKE, {args: PARALLEL})])
else tellSum(VERSIONS.filter((each) => each.startsWith(wanted)).map(runOn))

function runOn(version: string): Counts {
  const [counts, more] = attempt(version)
  console.log(`Node ${version}: ${more ?? countsText(counts)}`)
  return counts
}

function attempt(version: string): [counts: Counts, why?: string] {
  const begun = performance.now()
  if (begun / 1000 + longest > BUDGET) {
    return [{passed: 0, failed: 0, skipped: 1}, 'skipped (there is no time left)']
  }
  const name = `node-${process.platform}-${process.arch}`
  let node: string
  try {
    node = join(fetchPackage(name, version), 'bin', 'node')
  } catch {
    return [{passed: 0, failed: 0, skipped: 1}, `skipped (${name} cannot be fetched from npm)`]
  }
  const counts = runMocha(SMOKE, {env: {NODE_UNDER_TEST: node}, args: PARALLEL})
  longest = Math.max(longest, (performance.now() - begun) / 1000)
  return [counts]
}
