import {expect} from 'chai'
import type {AppContext} from '../../../../src/app/slash/app-context.js'
import {doctor} from '../../../../src/app/slash/doctor.js'
import type {ReportedFinding} from '../../../../src/domain/doctor/finding.js'
import {paletteFor} from '../../../../src/terminal/palette.js'

const FOUND: ReportedFinding[] = [
  {
    id: 'home',
    state: 'fine',
    what: '~/.mogplex is for you alone',
    remedy: null,
    fixable: false,
    mended: [],
  },
  {
    id: 'account',
    state: 'wrong',
    what: 'nobody is signed in',
    remedy: 'mogplex login',
    fixable: true,
    mended: [],
  },
]

describe('/doctor', () => {
  let printed: string[]
  let isFixing: boolean | undefined

  async function run(...args: string[]): Promise<void> {
    printed = []
    const context: Partial<AppContext> = {
      palette: paletteFor(false),
      columns: 80,
      signal: new AbortController().signal,
      print: (text) => printed.push(text),
      examine: async ({fix, tell}) => {
        isFixing = fix
        FOUND.forEach(tell)
        return Promise.resolve(false)
      },
    }
    await doctor.run(context as AppContext, args, args.join(' '))
  }

  it('prints each finding as it comes, with the slash command that fixes it', async () => {
    await run()
    expect(isFixing).to.be.false
    expect(printed).to.have.length(3)
    expect(printed[0]).to.match(/^ {2}fine {5}home {9}~\/\.mogplex is for you alone$/)
    expect(printed[1]).to.match(/nobody is signed in {2}\/login$/)
    expect(printed[2]).to.include('/doctor --fix')
  })

  it('repairs with --fix, and accepts nothing else', async () => {
    await run('--fix')
    expect(isFixing).to.be.true
    expect(await run('now').catch((error: unknown) => error)).to.include({exitCode: 2})
  })
})
