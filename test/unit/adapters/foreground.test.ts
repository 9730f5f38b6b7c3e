import {expect} from 'chai'
import {spawn} from 'node:child_process'
import {text} from 'node:stream/consumers'
import {LOADER, moduleAddress} from '../../support/loaded-modules.js'

describe('isInForeground', () => {
  it('is true without a terminal', async () => {
    const module = moduleAddress('src/adapters/foreground')
    const script = `
      const {isInForeground} = await import(${JSON.stringify(module)})
      process.stdout.write(String(isInForeground()))
    `
    const args = [...LOADER, '--input-type=module', '--eval', script]
    const child = spawn(process.execPath, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(await text(child.stdout)).to.equal('true')
  })
})
