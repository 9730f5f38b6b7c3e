import {HICCUPS, hiccups} from '../support/reliability/hiccups.js'
import {expectNoLoss, useLab} from '../support/reliability/use-lab.js'

describe('many processes whose refresh meets trouble', () => {
  const use = useLab()

  for (const [hiccup, ending] of [
    [HICCUPS.twice, 'all succeed with one refresh'],
    [HICCUPS.replayed, 'all succeed with one refresh'],
    [HICCUPS.lost, 'all go on with it, and repeat nothing'],
    [HICCUPS.lasting, 'all are told the same'],
  ] as const) {
    it(`${ending}: ${hiccup.what}`, async () => {
      expectNoLoss(await hiccups(use.lab, hiccup, {processes: 8, rounds: 1}))
    }).timeout(180_000)
  }
})
