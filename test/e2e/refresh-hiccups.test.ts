import {expect} from 'chai'
import {existsSync, mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {inject} from '../support/reliability/faults.js'
import {HICCUPS, hiccups} from '../support/reliability/hiccups.js'
import {expectNoLoss, useLab} from '../support/reliability/use-lab.js'
import {waitUntil} from '../support/wait-until.js'

describe('many processes whose refresh fails', () => {
  const use = useLab()

  for (const [hiccup, ending] of [
    [HICCUPS.twice, 'all succeed with one refresh'],
    [HICCUPS.replayed, 'all succeed with one refresh'],
    [HICCUPS.lost, 'all go on with it, and repeat nothing'],
    [HICCUPS.lasting, 'all get the same error'],
  ] as const) {
    it(`${ending}: ${hiccup.what}`, async () => {
      expectNoLoss(await hiccups(use.lab, hiccup, {processes: 8, rounds: 1}))
    }).timeout(180_000)
  }

  for (const [where, hiccup, rotations] of [
    ['waits for the server', later, 1],
    ['repeats what was lost', replayed, 1],
  ] as const) {
    it(`continue, in two homes, when the one that refreshes is killed while it ${where}`, async () => {
      const {lab} = use
      const other = join(lab.home, 'other')
      mkdirSync(other, {mode: 0o700})
      symlinkSync(join(lab.folder, 'auth.json'), join(other, 'auth.json'))
      lab.expire()
      let [asked, rotated] = [0, 0]
      let tell = (): void => undefined
      const isInside = new Promise<void>((resolve) => (tell = resolve))
      const server = hiccup(() => tell())
      const end = inject(lab, {
        answer: async (serve) =>
          server(async () => {
            rotated += 1
            return serve()
          }, ++asked),
      })
      const holder = lab.start(['whoami', '--verify'])
      await isInside
      const others = [lab.folder, other, other].map(async (MOGPLEX_HOME) =>
        lab.run(['whoami', '--verify'], {env: {MOGPLEX_HOME}}),
      )
      await waitUntil({
        look: () => (existsSync(join(other, 'logs')) ? true : undefined),
        timeoutMs: 30_000,
        over: () => false,
        describe: () => 'start of the others',
      })
      holder.kill('SIGKILL')
      await holder.exit
      const answers = await Promise.all(others)
      end()
      expect(answers.map(({code, stderr}) => `${code ?? ''}${stderr}`)).to.deep.equal(
        others.map(() => '0'),
      )
      expect(rotated).to.equal(rotations)
      expect(await lab.server.knows(lab.stored().accessToken)).to.equal(true)
      expect(lab.beside()).to.deep.equal([])
    }).timeout(120_000)
  }
})

type Server = (serve: () => Promise<Response>, asked: number) => Promise<Response | 'drop' | 'hang'>

/** Asks to retry later once, and then works. */
function later(tell: () => void): Server {
  return async (serve, asked) => {
    if (asked > 1) return serve()
    tell()
    return new Response('', {status: 503, headers: {'retry-after': '10'}})
  }
}

/** Drops the answer, holds back that of the repeat, and sends it to the next request. */
function replayed(tell: () => void): Server {
  let known: Response | undefined
  return async (serve, asked) => {
    known ??= await serve()
    if (asked === 1) return 'drop'
    if (asked > 2) return known.clone()
    tell()
    return 'hang'
  }
}
