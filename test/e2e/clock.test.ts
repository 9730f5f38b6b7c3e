import {expect} from 'chai'
import {asRecord, asText} from '../../src/domain/text/json.js'
import {expectExit, jsonOf} from '../support/answers.js'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

const HOUR_MS = 3_600_000

describe('a wrong clock', () => {
  const stage = setStage()

  for (const [name, shift] of [
    ['an hour ahead', HOUR_MS],
    ['an hour behind', -HOUR_MS],
    ['a day ahead', 24 * HOUR_MS],
  ] as const) {
    it(`does not fail a login or a check: ${name}`, async () => {
      Object.assign(stage.env, preload('shifted-clock.cjs'))
      stage.env.MOGPLEX_TEST_SHIFT_MS = String(shift)
      await stage.signIn()
      const answer = await stage.run(['whoami', '--verify', '--json'])
      expectExit(answer, 0)
      const account = asRecord(jsonOf(answer).account)
      expect(account).to.include({email: 'ada@example.test'})
      const lifetime = Date.parse(asText(account?.expiresAt) ?? '') - (Date.now() + shift)
      expect(lifetime).to.be.within(0.9 * HOUR_MS, 1.1 * HOUR_MS)
    })
  }
})
