import {expect} from 'chai'
import {jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

const KEYS = [
  'sk-proj-Wrong0Place1Wrong2Place3',
  'q7Zt0PdK3mWv9YbR5nXc1LfHs8GjTaEu',
  'hS7kQ2mX9pLw',
]

/** After each test, the stage searches all output and all files. */
describe('a key in the wrong place', function () {
  this.timeout(60_000)
  const stage = setStage()

  for (const [index, key] of KEYS.entries()) {
    it(`is not repeated by the error, in text and in JSON: kind ${index + 1}`, async () => {
      stage.secret(key)
      for (const args of [
        ['login', '--with-api-key', key],
        ['login', '--with-api-key', '--provider', key],
        ['login', `--timeout=${key}`],
        ['logs', 'show', key],
        [key],
        [key, '--json'],
        ['whoami', `--${key}`, '--json'],
      ]) {
        const result = await stage.run(args)
        expect(result.code).to.equal(2)
        const text = args.includes('--json') ? jsonErrorOf(result).message : result.stderr
        expect(text, args[0]).to.include('[redacted]')
      }
    })
  }

  it('is not repeated where it is typed as the id of a run', async () => {
    await stage.putLogin()
    for (const key of KEYS) {
      const result = await stage.run(['attach', stage.secret(key)])
      expect(result.code).to.equal(1)
    }
  })
})
