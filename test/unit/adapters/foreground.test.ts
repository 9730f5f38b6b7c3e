import {expect} from 'chai'
import {spawn} from 'node:child_process'
import {text} from 'node:stream/consumers'

describe('isInForeground', () => {
  it('is true where there is no terminal that somebody else could have', async () => {
    const module = new URL('../../../src/adapters/foreground.ts', import.meta.url).href
    const script = `
      const {isInForeground} = await import(${JSON.stringify(module)})
      process.stdout.write(String(isInForeground()))
    `
    const args = ['--import', 'tsx/esm', '--input-type=module', '--eval', script]
    const child = spawn(process.execPath, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    expect(await text(child.stdout)).to.equal('true')
  })
})
