// `npm run bench:reliability`: what happens to a login when processes race, are killed or stopped,
// when the server or the network fails, and when strangers send callbacks. The same labs as in the
// tests, at full size: about a quarter of an hour on two cores. `-- --size small` takes a few
// minutes. Exits with 1 when anything was lost.
import {parseArgs} from 'node:util'
import {cleanEnvironment} from '../test/support/clean-environment.js'
import {endRun} from '../test/support/cleanup.js'
import {badCallbacks} from '../test/support/reliability/bad-callbacks.js'
import {allFaults} from '../test/support/reliability/faults.js'
import {HICCUPS, hiccups} from '../test/support/reliability/hiccups.js'
import {killedCommands} from '../test/support/reliability/killed-commands.js'
import {killedWorkers} from '../test/support/reliability/killed-workers.js'
import {type Lab, openLab} from '../test/support/reliability/lab.js'
import {racingWorkers} from '../test/support/reliability/racing-workers.js'
import {stoppedRefreshers} from '../test/support/reliability/stopped-refreshers.js'
import {storm} from '../test/support/reliability/storm.js'
import type {Tally} from '../test/support/reliability/tally.js'
import {temporaryHome} from '../test/support/temporary-home.js'

interface Size {
  readonly processes: number
  readonly rounds: number
  /** Processes that meet each failure at once, and the number of rounds. */
  readonly hiccups: {readonly processes: number; readonly rounds: number}
  readonly refreshes: number
  readonly commandKills: number
  readonly workerKills: number
  readonly stops: number
  readonly callbacks: number
}

const SIZES: Readonly<Record<string, Size>> = {
  small: {
    processes: 16,
    rounds: 1,
    refreshes: 300,
    commandKills: 6,
    hiccups: {processes: 8, rounds: 1},
    workerKills: 100,
    stops: 2,
    callbacks: 1000,
  },
  full: {
    processes: 64,
    rounds: 6,
    refreshes: 3000,
    commandKills: 60,
    hiccups: {processes: 32, rounds: 5},
    workerKills: 2000,
    stops: 12,
    callbacks: 10_000,
  },
}

// They never pause: more of them would only wait longer than any user has to.
const RACERS = 12

const {values} = parseArgs({options: {size: {type: 'string', default: 'full'}}})
const size = SIZES[values.size]
if (size === undefined) throw new Error(`The size is one of: ${Object.keys(SIZES).join(', ')}.`)

const home = await temporaryHome()
cleanEnvironment(process.env, home)
const {processes, rounds, refreshes, callbacks} = size
let lost = 0
console.log(row('', 'tried', 'survived', 'lost', 'seconds'))
console.log(row('---', '---:', '---:', '---:', '---:'))
await bench(inLab(async (lab) => storm(lab, {processes, rounds})))
for (const hiccup of Object.values(HICCUPS)) {
  await bench(inLab(async (lab) => hiccups(lab, hiccup, size.hiccups)))
}
await bench(async () => racingWorkers(home, {processes: RACERS, refreshes}))
await bench(async () => killedWorkers(home, {kills: size.workerKills}))
await bench(inLab(async (lab) => killedCommands(lab, {kills: size.commandKills})))
await bench(inLab(allFaults))
await bench(inLab(async (lab) => stoppedRefreshers(lab, {rounds: size.stops})))
await bench(inLab(async (lab) => badCallbacks(lab, {callbacks})))
await endRun()
if (lost > 0) process.exitCode = 1

/** Signed in at that lab. */
function inLab(work: (lab: Lab) => Promise<Tally>): () => Promise<Tally> {
  return async () => {
    const lab = await openLab()
    try {
      await lab.signIn()
      return await work(lab)
    } finally {
      await lab.close()
    }
  }
}

async function bench(work: () => Promise<Tally>): Promise<void> {
  const begun = performance.now()
  const {what, tried, survived, losses, notes, ...result} = await work()
  const seconds = Math.round((performance.now() - begun) / 1000)
  console.log(row(what, tried, survived, result.lost, seconds))
  for (const [noted, times] of notes) console.log(row(`… ${noted}`, times, '', '', ''))
  for (const loss of losses) console.error(loss)
  lost += result.lost
}

function row(...cells: readonly (number | string)[]): string {
  return `| ${cells.join(' | ')} |`
}
