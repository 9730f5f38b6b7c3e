// `npm run test:windows [e2e|unit]`: runs the tests with Node for Windows, under Wine. End-to-end
// tests run here and start the built CLI there; unit tests run inside. Skipped without Wine.
// docs/platforms.md says what Wine cannot show.
import {countsText, runMocha, tellSum, type Counts} from './nodes/run-mocha.js'
import {runUnitTests} from './windows/unit-tree.js'
import {prepareWine, type Wine, writeNodeProgram} from './windows/wine.js'

const GATE = [
  'hot-swap',
  'login-key',
  'login-no-browser',
  'logout',
  'proxy',
  'refresh-storm',
  'whoami',
  'whoami-explain',
  'whoami-key',
  'whoami-require',
  'whoami-unusable',
  'whoami-verify',
].map((name) => `test/e2e/${name}.test.ts`)

const wine = prepareWine()
if (typeof wine === 'string') {
  console.log(`Windows: skipped (${wine})`)
  tellSum([{passed: 0, failed: 0, skipped: 1}])
} else {
  const parts = [
    ['e2e', 'the CLI under Wine', runGate],
    ['unit', 'unit tests inside of Wine', runUnitTests],
  ] as const
  const [wanted = ''] = process.argv.slice(2)
  const asked = parts.filter(([part]) => part.startsWith(wanted))
  tellSum(asked.map(([, name, run]) => tell(name, run(wine))))
}

function runGate(found: Wine): Counts {
  const env = {NODE_UNDER_TEST: writeNodeProgram(found), SYSTEM_UNDER_TEST: 'win32'}
  return runMocha(GATE, {env, args: ['--parallel', '--jobs', '2']})
}

function tell(name: string, counts: Counts): Counts {
  console.log(`${name}: ${countsText(counts)}`)
  return counts
}
