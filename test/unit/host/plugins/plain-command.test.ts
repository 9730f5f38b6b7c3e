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
  async parse(wrong: Error | undefined): Promise<string> {
    return wrong === undefined ? Promise.resolve('parsed') : Promise.reject(wrong)
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

  it('turns the rejection of a value on the command line into a usage error', async () => {
    class Plain extends Base {}
    passErrorsOn(Plain)
    const thrownFor = async (wrong: Error) =>
      new Plain(true).parse(wrong).catch((thrown: unknown) => thrown)
    expect(await thrownFor(new Error('no date'))).to.deep.include({oclif: {exit: 2}})
    expect(await thrownFor(error))
      .to.equal(error)
      .and.to.deep.include({oclif: {exit: 7}})
    const own = Object.assign(new Error('ours'), {exitCode: 65})
    expect(await thrownFor(own))
      .to.equal(own)
      .and.not.to.have.property('oclif')
    expect(await thrownFor('a text' as unknown as Error)).to.equal('a text')
    expect(await thrownFor(Object.freeze(new Error('frozen')))).to.include({message: 'frozen'})
    expect(await new Plain(true).parse(undefined)).to.equal('parsed')
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

  it('accepts anything that a plugin exports as a command', () => {
    for (const odd of [{}, {prototype: null}, {prototype: {}}]) {
      expect(() => {
        passErrorsOn(odd)
      }).not.to.throw()
    }
  })
})
