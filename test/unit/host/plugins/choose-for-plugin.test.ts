import {expect} from 'chai'
import {
  chooserBy,
  type Picker,
  terminalPicker,
} from '../../../../src/host/plugins/choose-for-plugin.js'
import {failureOf} from '../../../support/services.js'

const CHOICES = [
  {name: 'ada/engine', value: 1, note: 'the origin of this folder'},
  {name: 'evil\u001B[2J', value: 2},
]

describe('a choice that a plugin offers', () => {
  it('shows printable names, filtered by name and note, and returns the value', async () => {
    const seen: string[] = []
    const pick: Picker = async (message, choices, fits) => {
      seen.push(message, ...choices.map((each) => `${each.name}|${each.description ?? '-'}`))
      return Promise.resolve(choices.find(({value}) => fits(value, ' ORIGIN '))?.value)
    }
    expect(await chooserBy(pick)('Which\u001B[2J?', CHOICES)).to.equal(1)
    expect(seen).to.deep.equal(['Which [2J?', 'ada/engine|the origin of this folder', 'evil [2J|-'])
  })

  it('throws where nothing is chosen: 130, and without a terminal: 2', async () => {
    const none: Picker = async () => Promise.resolve(undefined)
    const left = await failureOf(chooserBy(none)('Which?', CHOICES))
    expect(left).to.include({code: 'CANCELLED', exitCode: 130})
    const alone = await failureOf(chooserBy(undefined)('Which?', CHOICES))
    expect(alone).to.include({code: 'NOT_INTERACTIVE', exitCode: 2})
  })

  for (const flag of ['--json', '--no-input', undefined]) {
    it(`needs a person at a terminal: ${flag ?? 'no flag'}`, () => {
      const streams = {stdin: {isTTY: true}, stderr: {isTTY: true}, env: {}}
      const host = {...streams, argv: ['run', ...(flag === undefined ? [] : [flag])]}
      const pick = terminalPicker(host as unknown as NodeJS.Process)
      expect(pick === undefined).to.equal(flag !== undefined)
      const piped = {...host, stdin: {isTTY: false}} as unknown as NodeJS.Process
      expect(terminalPicker(piped)).to.equal(undefined)
    })
  }
})
