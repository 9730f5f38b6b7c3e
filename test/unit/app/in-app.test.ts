import {expect} from 'chai'
import {inApp} from '../../../src/app/in-app.js'

describe('inApp', () => {
  for (const [remedy, told] of [
    ['Run `mogplex login`, or set MOGPLEX_API_KEY.', 'Run /login, or set MOGPLEX_API_KEY.'],
    ['Run `mogplex attach run_1-a` to look again.', 'Run /attach run_1-a to look again.'],
    ['Run `mogplex models --refresh`.', 'Run /model.'],
    ['Run `mogplex login --device`.', 'Run `mogplex login --device`.'],
  ] as const) {
    it(`shows in the app: ${told}`, () => {
      expect(inApp(remedy)).to.equal(told)
    })
  }
})
