import {expect} from 'chai'
import {passErrorsOn} from '../../../../src/host/plugins/plain-command.js'

const error = Object.assign(new Error('seven'), {oclif: {exit: 7}})

class Base {
  constructor(readonly json: boolean) {}
  jsonEnabled(): boolean {
    return this.json
  }
  async catch(_error: unknown): Promise<string> {
    return Promise.resolve('oclif printed it')
  }
}

describe('passErrorsOn', () => {
  it('passes on with --json what oclif would print itself, and nothing in text', async () => {
    class Plain extends Base {}
    class Other extends Base {}
    passErrorsOn(Plain)
    expect(await new Plain(true).catch(error).catch((thrown: unknown) => thrown)).to.equal(error)
    expect(await new Plain(false).catch(error)).to.equal('oclif printed it')
    expect(await new Other(true).catch(error)).to.equal('oclif printed it')
  })

  it('leaves a catch of the command alone, or of a base class that it shares with others', async () => {
    class Shared extends Base {
      override async catch(): Promise<string> {
        return Promise.resolve('its own')
      }
    }
    class Own extends Shared {}
    passErrorsOn(Own)
    expect(await new Own(true).catch()).to.equal('its own')
  })

  it('takes whatever a plugin calls a command', () => {
    for (const odd of [{}, {prototype: null}, {prototype: {}}]) {
      expect(() => {
        passErrorsOn(odd)
      }).not.to.throw()
    }
  })
})
