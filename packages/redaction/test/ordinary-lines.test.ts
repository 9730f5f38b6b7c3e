import {expect} from 'chai'
import {createRedactor, knownSecrets} from '../src/index.js'
import {ordinaryLines} from '../../../test/support/ordinary-lines.js'
import {Random} from '../../../test/support/random.js'
import {randomValue} from '../../../test/support/random-secrets.js'

const LINES = 4000

describe('ordinary lines', () => {
  it('stay unchanged, whatever values are known: the changed share is printed', () => {
    const random = new Random(3)
    const known = knownSecrets()
    for (let count = 0; count < 200; count += 1) known.know(randomValue(random))
    const redactor = createRedactor({known})
    const lines = ordinaryLines(LINES)
    const changed = lines.filter((line) => redactor.redact(line) !== line)
    const share = ((100 * changed.length) / lines.length).toFixed(2)
    console.log(`      ${changed.length} of ${lines.length} ordinary lines changed (${share} %)`)
    expect(changed).to.deep.equal([])
  })

  it('lose only secrets, and nothing that merely looks like one', () => {
    const known = knownSecrets()
    known.know('8f14e45f-ceea-467f-9575-1a2b3c4d5e6f')
    const line = 'run 8f14e45f-ceea-467f-9575-1a2b3c4d5e6f of 8f14e45f-1c02-4b7a-8a3e-5d0c9b2f7e61'
    expect(createRedactor({known}).redact(line)).to.equal(
      'run [redacted] of 8f14e45f-1c02-4b7a-8a3e-5d0c9b2f7e61',
    )
  })
})
