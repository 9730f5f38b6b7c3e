import {killedCommands} from '../support/reliability/killed-commands.js'
import {killedWorkers} from '../support/reliability/killed-workers.js'
import {openLab} from '../support/reliability/lab.js'
import {expectNoLoss} from '../support/reliability/use-lab.js'
import {temporaryHome} from '../support/temporary-home.js'

// A sample: `npm run bench:reliability` kills thousands.
describe('processes that are killed', () => {
  it('lose no stored data, whatever the command was', async () => {
    const kill = async (): Promise<void> => {
      const lab = await openLab()
      try {
        await lab.signIn()
        expectNoLoss(await killedCommands(lab, {kills: 6}))
      } finally {
        await lab.close()
      }
    }
    await Promise.all([kill(), kill()])
  }).timeout(300_000)

  it('lose nothing in 60 kills between two writes', async () => {
    expectNoLoss(await killedWorkers(await temporaryHome(), {kills: 60}))
  }).timeout(300_000)
})
